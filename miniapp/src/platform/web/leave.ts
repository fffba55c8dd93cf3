// Leaving for a third party's page, and returning so that "back" does not lead to it.
//
// The page of a sign-in or a face check serves once. It leads to the client's address, which is a new entry of the history
// after its own. The client then goes back over both to the entry from which the person left. They are ahead of it then,
// and the next page that is opened removes them.

/** The length of the history with the third party's page as its last entry, while the person is away. */
const lengthKey = 'left'

/** The query with which the third party's page has led back. */
const queryKey = 'returned'

/** A browser keeps this many entries. Then the length of the history no longer says where an entry is. */
const mostEntries = 50

/** Opens a page of a third party. */
export function leave(url: string, tab: Window = window): void {
  const { history, location } = tab
  // An entry that the third party's page replaces. Those ahead of it are removed, so that it is the last one.
  history.pushState(history.state, '', location.href)
  try {
    tab.sessionStorage.setItem(lengthKey, String(history.length))
  } catch {
    // Without a storage "back" leads to the third party's page, as after any link.
  }
  location.replace(url)
}

/**
 * Goes back to the entry from which the person left, if a third party's page has just led here. Reports whether it does:
 * then there is nothing to show.
 */
export function goBackToLeft(tab: Window = window): boolean {
  const { history, location } = tab
  try {
    const { sessionStorage } = tab // may throw
    const length = Number(sessionStorage.getItem(lengthKey))
    if (length === 0 || history.state !== null) return false // an entry of ours: the person went back without an answer
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

/** Returns the query with which the third party's page led back, once. */
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

/** Whether this page only leads back. It is decided before the page stack writes its state into the history. */
export const goesBack = goBackToLeft()
