"""The area of the debtor's pages."""

from livefreeze.web.pages.area import Area

debtor = Area("debtor", __name__, url_prefix="/debtor")
