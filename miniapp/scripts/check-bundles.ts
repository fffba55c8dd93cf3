// npm run check:bundles: checks the size of the builds, and that each calls the API of its own platform only.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import zlib from 'node:zlib'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KiB`
const faults: string[] = []

function files(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
}

function within(name: string, bytes: number, limit: number): void {
  console.log(`${name}: ${kib(bytes)} of ${kib(limit)}`)
  if (bytes > limit) faults.push(`${name} weighs too much`)
}

/** Returns the files that call another platform's API. */
function names(folder: string, api: string): string[] {
  const call = new RegExp(`(?<![\\w$."'])${api}(\\.[A-Za-z]|\\[)`)
  return files(folder).filter((file) => file.endsWith('.js') && call.test(fs.readFileSync(file, 'utf8')))
}

/** Notes a fault unless the style sheets of a build contain the theme file and what uses it. */
function checkStyles(folder: string): void {
  const styles = files(folder)
    .filter((file) => /\.(css|wxss|acss)$/.test(file))
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('')
  for (const sign of ['--ground:', '.panel', '.button.primary', '.pad.large', '.icon-check', 'prefers-color-scheme']) {
    if (!styles.includes(sign)) faults.push(`${path.basename(folder)} has no style of ${sign}`)
  }
}

for (const platform of ['web', 'weapp', 'alipay']) {
  if (fs.existsSync(path.join(dist, platform))) continue
  console.error(`✗ there is no dist/${platform}: API_BASE=https://check.example.cn npm run build makes all three`)
  process.exit(1)
}

const web = files(path.join(dist, 'web')).filter((file) => /\.(js|css|html)$/.test(file))
const gzipped = (files: string[]) =>
  files.reduce((sum, file) => sum + zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length, 0)
/** The page, its style sheet and its module. What one screen alone needs is loaded with that screen. */
const first = web.filter((file) => /(^|\/)(index\b.*|too-old\.js)$/.test(file))
within('web, first screen, gzipped', gzipped(first), 60 * 1024)
within('web, all, gzipped', gzipped(web), 87 * 1024)
if (first.length === web.length) faults.push('the web build loads everything with the first screen')
for (const name of ['sandbox', 'localhost', '127.0.0.1']) {
  if (web.some((file) => fs.readFileSync(file, 'utf8').includes(name))) faults.push(`the web build names ${name}`)
}
checkStyles(path.join(dist, 'web'))
if (web.some((file) => /taro/i.test(fs.readFileSync(file, 'utf8')))) faults.push('the web build contains Taro')

for (const [platform, other] of [
  ['weapp', 'my'],
  ['alipay', 'wx'],
] as const) {
  const folder = path.join(dist, platform)
  within(
    `${platform} package`,
    files(folder).reduce((sum, file) => sum + fs.statSync(file).size, 0),
    2 * 1024 * 1024,
  )
  checkStyles(folder)
  for (const file of names(folder, other)) faults.push(`${path.relative(dist, file)} calls ${other}`)
}

for (const fault of faults) console.error(`✗ ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)
