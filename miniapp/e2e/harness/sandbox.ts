// Starts a sandbox on free ports with an empty database, and removes it at the end.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Traveller } from './people'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The folder of the built client. E2E_WEB names another one. */
const web = process.env.E2E_WEB ?? join(root, 'miniapp/dist/web')

export interface SandboxOptions {
  /** What is different about the built-in policy. */
  policy?: Record<string, unknown> | undefined
}

const starts = 3

/**
 * Starts the real server among simulated third parties, with the web client at /. An address that was free can be taken
 * by another program before the server listens on it, so a server that ends is started again on other addresses.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  for (let start = 1; ; start++) {
    try {
      return await startOnce(options)
    } catch (error) {
      if (start === starts) throw error
    }
  }
}

async function startOnce({ policy }: SandboxOptions): Promise<Sandbox> {
  for (const needed of [join(root, 'bin/sandbox'), join(root, 'bin/bff'), join(web, 'index.html')]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing: scripts/miniapp.sh e2e builds it`)
  }
  const data = await mkdtemp(join(tmpdir(), 'renzheng-e2e-'))
  const [api = '', control = '', admin = ''] = await freeAddresses(3)
  const args = ['run', '--data', data, '--web', web, '--listen', api, '--sandbox', control, '--admin', admin]
  if (policy) {
    const file = join(data, 'policy.json')
    const own = JSON.parse(await readFile(join(root, 'verification/policy/policy.json'), 'utf8'))
    await writeFile(file, JSON.stringify({ ...own, ...policy }))
    args.push('--policy', file)
  }
  const program = spawn('bin/sandbox', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => program.once('exit', resolve))
  const stop = async () => {
    program.kill('SIGTERM')
    await ended
    await rm(data, { recursive: true, force: true })
  }
  try {
    await waitForOutput(program, 'The sandbox is ready')
  } catch (error) {
    await stop()
    throw error
  }
  return new Sandbox(`http://${api}`, `http://${control}`, data, stop)
}

/** What the registry was told of a case. */
export interface RegistryEvent {
  type: string
  times: number
  confirmation_id?: string
}

/** What leads a signer to a to-do. */
export interface Invitation {
  link: string
  code: string
}

/** What is different about a pushed case. */
export interface CaseContent {
  roles?: string[]
  enterprise?: string
  capital?: string
}

export class Sandbox {
  /** `api` and `control` are the addresses of the server and of the simulated third parties. */
  constructor(
    readonly api: string,
    readonly control: string,
    private readonly data: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** Lets the registry push a case in which a person signs in some roles. Returns the case's id. */
  async push(person: Traveller, content: CaseContent = {}): Promise<string> {
    const id = `e2e-${person.openID}-${Date.now().toString(36)}`
    await this.pushRevision(id, 1, person, content)
    return id
  }

  /** Lets the registry push a revision of a case. */
  async pushRevision(
    id: string,
    revision: number,
    person: Traveller,
    { roles = ['股东'], enterprise = '样例测试有限公司（模拟）', capital = '壹佰万元人民币' }: CaseContent = {},
  ): Promise<void> {
    const document = { type: 'resident_id', number: person.number, name: person.name }
    const reply = await fetch(`${this.control}/sandbox/cases/${id}`, {
      method: 'PUT',
      body: JSON.stringify({
        revision,
        header: {
          enterprise_name: enterprise,
          business_kind: 'establishment',
          mode: 'online',
          applied_on: new Date().toISOString().slice(0, 10),
        },
        items: [{ label: '注册资本', value: capital }],
        signers: roles.map((role, at) => ({ signer_id: `S${at + 1}`, role, document, items: [] })),
      }),
    })
    if (!reply.ok) throw new Error(`the case was not taken: ${reply.status} ${await reply.text()}`)
  }

  /** Lets the registry invite the first signer of a case. */
  async invite(id: string): Promise<Invitation> {
    const url = `${this.control}/sandbox/cases/${id}/signers/S1/invitation`
    const reply = await fetch(url, { method: 'POST', headers: { Accept: 'application/json' } })
    if (!reply.ok) throw new Error(`nobody was invited: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as Invitation
  }

  /** Returns the sample photo of a side of a resident ID, in which the simulated recognition finds something. */
  async photo(person: Traveller, side: 'front' | 'back', finding = 'reads'): Promise<Buffer> {
    const reply = await fetch(
      `${this.control}/sandbox/photo?${new URLSearchParams({ open_id: person.openID, side, finding })}`,
    )
    if (!reply.ok) throw new Error(`there is no such photo: ${reply.status} ${await reply.text()}`)
    return Buffer.from(await reply.arrayBuffer())
  }

  /** Moves the clock of the rules ahead, for example by 20m. */
  async moveClock(by: string): Promise<void> {
    const reply = await fetch(`${this.control}/sandbox/clock`, { method: 'POST', body: new URLSearchParams({ by }) })
    if (!reply.ok) throw new Error(`the clock was not moved: ${reply.status} ${await reply.text()}`)
    await new Promise((resolve) => setTimeout(resolve, 300)) // the server reads its file again after 200 ms
  }

  /** Returns what the registry was told of a case. */
  async events(caseID: string): Promise<RegistryEvent[]> {
    const reply = await fetch(`${this.control}/sandbox/cases/${caseID}`)
    return ((await reply.json()) as { events: RegistryEvent[] }).events
  }

  /** Waits until the registry was told a number of answers, for ten seconds at most, and returns them. */
  async answers(caseID: string, count: number): Promise<RegistryEvent[]> {
    for (const until = Date.now() + 10_000; ; ) {
      const answers = (await this.events(caseID)).filter(({ confirmation_id: id }) => id)
      if (answers.length >= count || Date.now() > until) return answers
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Sets an operator's switch with the text that people see. The server applies it within two seconds. */
  switchCheck(check: string, provider: string, state: 'off' | 'degraded', text: string): void {
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

  /** Verifies a receipt as anyone can, with the program and the published keys. */
  async verify(file: string): Promise<void> {
    const keys = join(this.data, 'jwks.json')
    await writeFile(keys, await (await fetch(`${this.api}/.well-known/jwks.json`)).text())
    this.run('verify', '--trust', keys, file)
  }

  private run(...args: string[]): void {
    const { status, stderr } = spawnSync(join(root, 'bin/bff'), args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`bff ${args[0]}: ${stderr}`)
  }

  /** Returns the server's log, for a failed test. */
  log(): Promise<string> {
    return readFile(join(this.data, 'bff.log'), 'utf8')
  }
}

async function freeAddresses(count: number): Promise<string[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Server>((resolve, reject) => {
          const server: Server = createServer()
            .once('error', reject)
            .listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const addresses = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return addresses
}

/** Waits until a program prints some words. Rejects with the whole output if the program ends first. */
function waitForOutput(program: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (piece: Buffer) => {
      text += piece.toString()
      if (text.includes(words)) resolve()
    }
    program.stdout?.on('data', read)
    program.stderr?.on('data', read)
    program.once('error', reject)
    program.once('exit', () => reject(new Error(`the sandbox ended before it was ready:\n${text}`)))
  })
}
