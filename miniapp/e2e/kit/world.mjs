// A sandbox of one's own: free ports, an empty database, gone at the end.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The built client; another folder where one is named. */
const web = process.env.E2E_WEB ?? join(root, 'miniapp/dist/web')

/** Starts the real server among simulated third parties, with the web client at /. */
export async function startWorld() {
  for (const needed of [join(root, 'bin/sandbox'), join(root, 'bin/bff'), join(web, 'index.html')]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing: scripts/miniapp.sh e2e builds it`)
  }
  const data = await mkdtemp(join(tmpdir(), 'renzheng-e2e-'))
  const [api, sandbox, admin] = await freeAddresses(3)
  const program = spawn(
    'bin/sandbox',
    ['run', '--data', data, '--web', web, '--listen', api, '--sandbox', sandbox, '--admin', admin],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise((resolve) => program.once('exit', resolve))
  const stop = async () => {
    program.kill('SIGTERM')
    await ended
    await rm(data, { recursive: true, force: true })
  }
  try {
    await said(program, 'The sandbox is ready')
  } catch (error) {
    await stop()
    throw error
  }
  return new World(`http://${api}`, `http://${sandbox}`, data, stop)
}

class World {
  constructor(api, sandbox, data, stop) {
    Object.assign(this, { api, sandbox, data, stop })
  }

  /** Lets the registry push a case in which a person signs in some roles; gives its id. */
  async push(person, { roles = ['股东'], enterprise = '样例测试有限公司（模拟）' } = {}) {
    const id = `e2e-${person.openID}-${Date.now().toString(36)}`
    const document = { type: 'resident_id', number: person.number, name: person.name }
    const reply = await fetch(`${this.sandbox}/sandbox/cases/${id}`, {
      method: 'PUT',
      body: JSON.stringify({
        revision: 1,
        header: {
          enterprise_name: enterprise,
          business_kind: 'establishment',
          mode: 'online',
          applied_on: new Date().toISOString().slice(0, 10),
        },
        items: [{ label: '注册资本', value: '壹佰万元人民币' }],
        signers: roles.map((role, at) => ({ signer_id: `S${at + 1}`, role, document, items: [] })),
      }),
    })
    if (!reply.ok) throw new Error(`the case was not taken: ${reply.status} ${await reply.text()}`)
    return id
  }

  /** What the registry was told of a case, once it was told at least so many answers. */
  async told(caseID, answers) {
    for (const until = Date.now() + 10_000; ; ) {
      const { events } = await (await fetch(`${this.sandbox}/sandbox/cases/${caseID}`)).json()
      const given = events.filter(({ confirmation_id: id }) => id)
      if (given.length >= answers || Date.now() > until) return given
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Sets an operator's switch, with the words that people see. The server follows within two seconds. */
  switchCheck(check, provider, state, text) {
    const words = ['hans', 'hant'].flatMap((script) => [`--text-zh-${script}`, text])
    this.run(
      'switch',
      'set',
      check,
      provider,
      state,
      ...words,
      '--text-en',
      text,
      '--by',
      'e2e',
      '--config',
      join(this.data, 'config.json'),
    )
  }

  /** Checks a receipt as anybody can: with the program and the published keys. */
  async verify(file) {
    const keys = join(this.data, 'jwks.json')
    await writeFile(keys, await (await fetch(`${this.api}/.well-known/jwks.json`)).text())
    this.run('verify', '--trust', keys, file)
  }

  run(...args) {
    const { status, stderr } = spawnSync(join(root, 'bin/bff'), args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`bff ${args[0]}: ${stderr}`)
  }

  /** The server's log, for a test that ended badly. */
  log() {
    return readFile(join(this.data, 'bff.log'), 'utf8')
  }
}

async function freeAddresses(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer()
            .once('error', reject)
            .listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const addresses = servers.map((server) => `127.0.0.1:${server.address().port}`)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return addresses
}

/** Waits until a program prints some words; rejects with all that it said where it ends before. */
function said(program, words) {
  return new Promise((resolve, reject) => {
    let text = ''
    const take = (piece) => {
      text += piece
      if (text.includes(words)) resolve()
    }
    program.stdout.on('data', take)
    program.stderr.on('data', take)
    program.once('error', reject)
    program.once('exit', () => reject(new Error(`the sandbox ended before it was ready:\n${text}`)))
  })
}
