// A file of its own, because the page's policy runs nothing inline.
SwaggerUIBundle({ domNode: document.getElementById("documentation"), url: document.getElementById("documentation").dataset.document, deepLinking: true, validatorUrl: null });
