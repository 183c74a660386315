// Runs before the first paint, so that a chosen theme never flashes. A file, because the CSP allows no inline script.
try {
  const theme = localStorage.getItem('parcurs.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // No storage: the system's theme stands.
}
