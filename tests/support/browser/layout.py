"""Does a page fit: nothing to scroll sideways, at 360 pixels, and at twice the size on an office screen?"""

from playwright.sync_api import Page

from tests.support.browser.visitor import Device

_TOO_WIDE = """
() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element) => element && element !== document.body && element !== document.documentElement
        && (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX)
            || scrolls(element.parentElement));
    return [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element))
        .map((element) => `${Math.round(element.getBoundingClientRect().right)} px: `
            + element.outerHTML.replace(/\\s+/g, " ").slice(0, 110)).slice(-3);
}
"""


def layout_faults(page: Page, *devices: Device) -> list[str]:
    """What reaches over the right edge on one of the devices; the page is left at its own size."""
    before = page.viewport_size
    faults = []
    for device in devices:
        page.set_viewport_size({"width": device.width, "height": device.height})
        faults += [f"wider than {device.width} px: reaches to {fault}" for fault in page.evaluate(_TOO_WIDE)]
    page.set_viewport_size(before)
    return faults
