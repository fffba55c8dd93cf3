interface Navigation {
  name: string
  start: () => Promise<unknown>
}

/**
 * Returns a function that starts one navigation at a time, in the order of the requests. A request with the name of the
 * previous one is dropped until that one has ended. `wait` limits how long a navigation can delay the next one.
 *
 * Two navigations at once can leave a blank page: Taro names a page by its address and the millisecond in which it was
 * opened, and renders two pages with the same name into one of them.
 */
export function createQueue(wait: () => Promise<void>): (name: string, start: () => Promise<unknown>) => void {
  const requests: Navigation[] = [] // the first one is running
  const startFirst = () => {
    const [first] = requests
    if (!first) return
    const ended = new Promise((resolve) => resolve(first.start())) // turns exceptions into rejections
    Promise.race([ended, wait()])
      .catch(() => {}) // the person stays on the page, and its buttons still work
      .then(() => {
        requests.shift()
        startFirst()
      })
  }
  return (name, start) => {
    if (requests[requests.length - 1]?.name === name) return
    requests.push({ name, start })
    if (requests.length === 1) startFirst()
  }
}
