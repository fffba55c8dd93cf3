// Runs a command beside a sandbox of its own: node miniapp/e2e/within.mjs npm run sim. The command learns where it is.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startWorld } from './kit/world.mjs'

const [command, ...args] = process.argv.slice(2)
const world = await startWorld()
const program = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, RENZHENG_SERVER: world.api, RENZHENG_SANDBOX: world.sandbox },
})
const [code] = await once(program, 'exit')
await world.stop()
process.exit(code ?? 1)
