// A file of its own, because the page's policy runs nothing inline. Without deep links: they would put a link into
// each button, which a screen reader reads as two things at one place.
SwaggerUIBundle({ domNode: document.getElementById("documentation"), url: document.getElementById("documentation").dataset.document, deepLinking: false, validatorUrl: null });
