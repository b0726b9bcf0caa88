// Small helps for pages that work without any of them.
"use strict";

// A form that was sent is not sent again by an impatient second click; the server would not do it twice either.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});
// A page that the back button brings back can be sent anew.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a phone a table becomes a card for each row (livefreeze.css), each cell with the heading of its column. The roles
// say again what it is, because a browser forgets it of a table that is not laid out as one.
function labelTables() {
  for (const table of document.querySelectorAll("main table:not(.cards)")) {
    const headings = [...table.querySelectorAll("thead th")].map((each) => each.textContent.trim());
    const rows = [...table.querySelectorAll("tbody tr")];
    if (!headings.length || rows.some((row) => row.cells.length !== headings.length)) continue;
    for (const row of rows) {
      for (const [place, cell] of [...row.cells].entries()) {
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
        if (cell.tagName === "TD") cell.dataset.label = headings[place];
        cell.classList.toggle("bare", !cell.textContent.trim() && !cell.children.length);
      }
    }
    for (const row of table.querySelectorAll("tr")) row.setAttribute("role", "row");
    for (const group of table.querySelectorAll("thead, tbody")) group.setAttribute("role", "rowgroup");
    for (const heading of table.querySelectorAll("thead th")) heading.setAttribute("role", "columnheader");
    table.setAttribute("role", "table");
    table.classList.add("cards");
  }
}
labelTables();
document.addEventListener("htmx:afterSettle", labelTables);
