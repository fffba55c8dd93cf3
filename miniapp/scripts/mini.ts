// Builds a mini-program: tsx scripts/mini.ts weapp|alipay [--watch]. API_BASE is the origin of the server.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { readTheme, weappTheme } from '../config/theme'

const [platform = '', ...options] = process.argv.slice(2)
const watching = options.includes('--watch')

/** A mini-program has no origin of its own. While it is developed, it calls the sandbox that runs next to it. */
const api = process.env.API_BASE ?? (watching ? 'http://127.0.0.1:8080' : '')
/** Both platforms reject requests without TLS, but not those of a developer's tool to this machine. */
const origin = /^(https:\/\/[^/]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)$/
if (!origin.test(api)) {
  console.error(
    `API_BASE must be the https origin of the server, without a slash at the end: API_BASE=https://check.example.cn npm run build:${platform}`,
  )
  process.exit(1)
}
// Taro copies the file into WeChat's bundle.
writeFileSync(new URL('../src/theme.json', import.meta.url), JSON.stringify(weappTheme(readTheme())))
const { status } = spawnSync('taro', ['build', '--type', platform, ...options], {
  stdio: 'inherit',
  env: { ...process.env, API_BASE: api, CI: '1', NODE_ENV: watching ? 'development' : 'production' },
})
process.exit(status ?? 1)
