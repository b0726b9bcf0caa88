"""Is everything on a page reached by the Tab key, and does one see where one is?"""

from playwright.sync_api import Page

_STEPS_MAX = 400

# Marks what a mouse can use, and writes down what each step of the keyboard reaches and how it looks there.
_WATCH = """
() => {
    const look = (element) => {
        const style = getComputedStyle(element);
        return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor,
                style.backgroundColor, style.textDecorationLine].join("|");
    };
    const name = (element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
    const usable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex],"
        + " [contenteditable], [onclick], [role=button], [role=link],"
        + " [hx-get]:not([hx-trigger]), [hx-post]:not([hx-trigger])";
    const wanted = [...document.querySelectorAll(usable)].filter((element) =>
        element.checkVisibility({visibilityProperty: true}) && !element.disabled && !element.closest("[inert]")
        && !(element.matches("[tabindex='-1']") && !element.matches("a, button, input, select, textarea, summary"))
        && !(element.matches("input[type=radio]") && !element.checked
             && document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`))
        && !(element.tagName === "FORM"));
    const before = new Map(wanted.map((element) => [element, look(element)]));
    const reached = new Set();
    const faults = [];
    document.addEventListener("focusin", (event) => {
        const element = event.target;
        if (reached.has(element)) return;
        reached.add(element);
        const box = element.getBoundingClientRect();
        const isShown = box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
            && box.left < innerWidth && box.top < innerHeight;
        if (!isShown) faults.push("focus is out of sight on " + name(element));
        if (before.has(element) && look(element) === before.get(element))
            faults.push("focus cannot be seen on " + name(element));
    });
    window.keyboardWalk = {
        count: wanted.length,
        left: () => document.activeElement === document.body || document.activeElement === null,
        end: () => {
            const radios = new Set([...reached].filter((each) => each.type === "radio").map((each) => each.name));
            for (const element of wanted)
                if (!reached.has(element) && !radios.has(element.name))
                    faults.push("the keyboard does not reach " + name(element));
            return faults;
        },
    };
    document.activeElement.blur();
    scrollTo(0, 0);
    return wanted.length;
}
"""

# What has the focus, numbered among all of the page, and whether an outline or a shadow shows it.
_HERE = """
() => {
    const element = document.activeElement;
    const place = [...document.querySelectorAll("*")].indexOf(element);
    const style = getComputedStyle(element);
    const isSeen = (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    return [`${place}: ${element.outerHTML.slice(0, 90)}`, isSeen];
}
"""


def keyboard_faults(page: Page) -> list[str]:
    """What Tab does not reach, and where it reaches something without showing it."""
    count = page.evaluate(_WATCH)
    assert count < _STEPS_MAX, f"{count} things to reach on one page are too many for a person, too"
    for _ in range(count + 2):
        page.keyboard.press("Tab")
    return page.evaluate("window.keyboardWalk.end()")


def unseen_steps(page: Page, count: int) -> list[str]:
    """Where the first steps of Tab stand still, or on something that shows no focus; for pages too long to walk."""
    faults, before = [], None
    for _ in range(count):
        page.keyboard.press("Tab")
        here, is_seen = page.evaluate(_HERE)
        if here == before:
            faults.append(f"stands still on {here}")
        elif not is_seen:
            faults.append(f"focus cannot be seen on {here}")
        before = here
    return faults
