// Leaving for a third party's page, and returning so that "back" does not lead to it.
//
// The page of a sign-in or a face check works once. It redirects to the client's address, which adds an entry to the
// history. The client then goes back over both entries to the one from which the person left. They are forward entries
// then, and the browser drops them when the next page is opened.

/** The key of the history's length while the person is away, when the third party's page is the last entry. */
const lengthKey = 'left'

/** The key of the query with which the third party's page redirected back. */
const queryKey = 'returned'

/** Browsers keep this many entries. From then on the length of the history does not reveal the position of an entry. */
const mostEntries = 50

/** Opens a page of a third party. */
export function leave(url: string, tab: Window = window): void {
  const { history, location } = tab
  // Adds an entry for the third party's page to replace. This drops all forward entries, so it is the last one.
  history.pushState(history.state, '', location.href)
  try {
    tab.sessionStorage.setItem(lengthKey, String(history.length))
  } catch {
    // Without storage, "back" leads to the third party's page, as after any link.
  }
  location.replace(url)
}

/**
 * Goes back to the entry from which the person left, if a third party's page has just redirected here. Reports whether it
 * goes back; if so, this page must show nothing.
 */
export function goBackToDeparture(tab: Window = window): boolean {
  const { history, location } = tab
  try {
    const { sessionStorage } = tab // may throw
    const length = Number(sessionStorage.getItem(lengthKey))
    if (length === 0 || history.state !== null) return false // one of our own entries: the person went back before the third party answered
    sessionStorage.removeItem(lengthKey)
    const entries = history.length - length + 1
    if (location.hash !== '' || entries < 1 || history.length >= mostEntries) return false
    if (location.search !== '') sessionStorage.setItem(queryKey, location.search)
    history.go(-entries)
    return true
  } catch {
    return false
  }
}

/** Returns the query with which the third party's page redirected back, once. */
export function takeReturnedQuery(tab: Window = window): string {
  const { location } = tab
  try {
    const { sessionStorage } = tab
    const query = sessionStorage.getItem(queryKey)
    sessionStorage.removeItem(queryKey)
    return query || location.search
  } catch {
    return location.search
  }
}

/** Whether this page only goes back. Decided on import, before the page stack writes its state into the history. */
export const isGoingBack = goBackToDeparture()
