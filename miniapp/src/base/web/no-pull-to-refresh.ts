// Replaces Taro's element for pulling a page down to reload it, which no screen uses, in the web build (config/index.ts).
export function defineCustomElementTaroPullToRefreshCore(): void {
  // Nothing to register.
}
