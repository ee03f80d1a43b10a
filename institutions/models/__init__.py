"""The address book: who takes part in exchanges. It knows nothing of trips."""

from institutions.models.city import City
from institutions.models.country import Country
from institutions.models.distinction import Distinction
from institutions.models.name import Name
from institutions.models.organisation import Organisation
from institutions.models.sections import Embassy, EnterprisePartner, HostInstitution, MediaOutlet, Organiser

__all__ = [
    "City",
    "Country",
    "Distinction",
    "Embassy",
    "EnterprisePartner",
    "HostInstitution",
    "MediaOutlet",
    "Name",
    "Organisation",
    "Organiser",
]
