/** The pages that are open, one on top of the other. Each has an address, such as `/pages/screen/index?s=list`. */
export interface Pages {
  /** The addresses of the pages. The last one is the page that is shown. */
  addresses(): string[]
  /** Opens a page on top of the others. */
  push(address: string): Promise<unknown>
  /** Opens a page instead of the one that is shown. */
  replace(address: string): Promise<unknown>
  /** Opens a page instead of all others. */
  reset(address: string): Promise<unknown>
  /** Closes some of the pages on top. */
  pop(count: number): Promise<unknown>
}
