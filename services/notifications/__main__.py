from services.notifications.main import SERVICE
from shared.service import main

main(SERVICE)
