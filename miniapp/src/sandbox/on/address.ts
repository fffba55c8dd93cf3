let found: Promise<string> | undefined

/** Where the sandbox is: as sandbox.json beside the page says, otherwise where the page comes from. */
export function sandboxAddress(): Promise<string> {
  found ??= fetch('sandbox.json')
    .then(async (reply) => (reply.ok ? ((await reply.json()) as { sandbox?: string }).sandbox ?? '' : ''))
    .catch(() => '')
  return found
}
