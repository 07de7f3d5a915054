from services.complaints.main import SERVICE
from shared.service import main

main(SERVICE)
