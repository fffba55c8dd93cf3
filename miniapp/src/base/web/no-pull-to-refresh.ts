// Taro registers its element for pulling a page down to reload it, with a style sheet and an icon font that are a quarter of
// all that a browser loads. No screen has it: this takes its place in the web build (config/index.ts).
export function defineCustomElementTaroPullToRefreshCore(): void {
  // Nothing to register.
}
