// Accessibility: the templates of a bundle must render the labels of its pages.

import fs from 'node:fs'
import path from 'node:path'
import type { Log, Open } from './scenario'

/** `root` is the folder of the bundle. */
export async function labels(open: Open, root: string, log: Log) {
  const phone = open({})
  await phone.until('证件类型')
  const picker = phone.nodes().find(({ node }) => node.cl === 'input picker')
  const [name] = Object.entries(picker?.node ?? {}).find(([, value]) => value === '证件类型 居民身份证') ?? []
  const templates = fs
    .readdirSync(root)
    .filter((file) => /^base\.(wxml|axml)$/.test(file))
    .map((file) => fs.readFileSync(path.join(root, file), 'utf8'))
  // The page's data have short names, which runtime and templates must assign in the same order.
  if (!name || !templates.some((text) => new RegExp(`<view[^>]*aria-label="{{i\\.${name}\\|`).test(text)))
    throw new Error(`no template reads the label in ${name}`)
  log('labels reach the screen reader')
}
