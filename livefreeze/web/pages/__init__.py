"""What all pages share: their look, language, forms, and who may see them."""
