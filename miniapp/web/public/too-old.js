// Browsers that load no modules run this, and nothing else of the client (docs/decisions/0019-web-client-by-vite.md).
document.getElementById('too-old').removeAttribute('hidden')
