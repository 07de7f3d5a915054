from services.alliance.main import SERVICE
from shared.service import main

main(SERVICE)
