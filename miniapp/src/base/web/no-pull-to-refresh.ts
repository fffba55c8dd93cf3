// Taro registers its element for pulling a page down to reload it. No screen has it: this takes its place in the web build
// (config/index.ts).
export function defineCustomElementTaroPullToRefreshCore(): void {
  // Nothing to register.
}
