// Session storage, because a shared computer must not remember a person after the tab is closed.
export const storage = {
  get: (name: string) => sessionStorage.getItem(name) ?? undefined,
  set: (name: string, value: string) => sessionStorage.setItem(name, value),
  remove: (name: string) => sessionStorage.removeItem(name),
}
