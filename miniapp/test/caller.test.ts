import { describe, expect, it } from 'vitest'
import { createClient } from '../src/api/client'
import { NetworkError, ProblemError } from '../src/api/errors'
import type { HttpRequest, HttpResponse } from '../src/api/transport'

type Answer = (Partial<HttpResponse> & { status: number }) | 'lost'

const problem = (code: string) =>
  JSON.stringify({ code, title: 't', detail: 'd', status: 0, type: 'urn:x', request_id: 'r' })

/** A server that returns these responses in turn and records the requests. */
function server(...answers: Answer[]) {
  const sent: HttpRequest[] = []
  const waited: number[] = []
  const client = createClient({
    base: 'https://api.example',
    token: () => 'secret',
    language: () => 'en',
    sleep: async (milliseconds) => {
      waited.push(milliseconds)
    },
    send: async (request) => {
      sent.push({ ...request, headers: { ...request.headers } })
      const answer = answers.shift() ?? 'lost'
      if (answer === 'lost') throw new Error('lost')
      return { headers: {}, text: '{}', ...answer }
    },
  })
  const keys = () => sent.map(({ headers }) => headers['Idempotency-Key'])
  return { client, sent, waited, keys }
}

describe('the client', () => {
  it('repeats a lost call with the same key', async () => {
    const { client, keys } = server('lost', 'lost', { status: 201 })
    await client.startFace('ver_1')
    expect(new Set(keys()).size).toBe(1)
    expect(keys()).toHaveLength(3)
  })

  it('keeps the key when the person presses again after the network was lost', async () => {
    const { client, keys } = server('lost', 'lost', 'lost', { status: 201 })
    await expect(client.startFace('ver_1')).rejects.toBeInstanceOf(NetworkError)
    await client.startFace('ver_1')
    expect(new Set(keys()).size).toBe(1)
  })

  it('takes a new key for a new intention', async () => {
    const { client, keys } = server({ status: 201 }, { status: 201 })
    await client.startFace('ver_1')
    await client.startFace('ver_1')
    expect(new Set(keys()).size).toBe(2)
    for (const key of keys()) expect(key).toMatch(/^[!-~]{16,64}$/)
  })

  it('takes a new key for another body', async () => {
    const { client, keys } = server('lost', 'lost', 'lost', { status: 200 })
    await expect(client.bankCard('ver_1', { card: '1' })).rejects.toBeInstanceOf(NetworkError)
    await client.bankCard('ver_1', { card: '2' })
    expect(keys()[3]).not.toBe(keys()[0])
  })

  it('sends once what is pressed twice', async () => {
    const { client, sent } = server({ status: 201 }, { status: 201 })
    await Promise.all([client.startFace('ver_1'), client.startFace('ver_1')])
    expect(sent).toHaveLength(1)
  })

  it('waits as long as the server asks, and no longer than a person would', async () => {
    const soon = server(
      { status: 503, headers: { 'retry-after': '3' }, text: problem('temporarily_unavailable') },
      { status: 200 },
    )
    await soon.client.session()
    expect(soon.waited).toEqual([3000])
    const late = server({ status: 429, headers: { 'retry-after': '60' }, text: problem('too_many_requests') })
    await expect(late.client.session()).rejects.toMatchObject({ retryAfter: 60 })
  })

  it('asks again with the same key while the first call is running', async () => {
    const { client, keys } = server(
      { status: 409, headers: { 'retry-after': '1' }, text: problem('idempotency_key_running') },
      { status: 201 },
    )
    await client.startFace('ver_1')
    expect(keys()[0]).toBe(keys()[1])
  })

  it('gives the problem document of a refusal and forgets the key', async () => {
    const { client, keys } = server({ status: 409, text: problem('tries_exhausted') }, { status: 201 })
    await expect(client.startFace('ver_1')).rejects.toSatisfy(
      (e: unknown) => e instanceof ProblemError && e.problem.code === 'tries_exhausted',
    )
    await client.startFace('ver_1')
    expect(keys()[0]).not.toBe(keys()[1])
  })

  it("takes an answer that is not our server's for none", async () => {
    const page = { status: 502, text: '<html>' } as const
    await expect(server(page, page, page).client.session()).rejects.toBeInstanceOf(NetworkError)
  })

  it('tells when to ask again', async () => {
    const { client } = server({ status: 202, headers: { 'retry-after': '2' } }, { status: 200 })
    expect((await client.faceResult('v', 'a')).retryAfter).toBe(2)
    expect((await client.faceResult('v', 'a')).retryAfter).toBeUndefined()
  })

  it('says who and in which language, and escapes what goes into an address', async () => {
    const { client, sent } = server({ status: 200 }, { status: 200 })
    await client.faq({ q: '人脸 & 光线' })
    await client.todo('a/b')
    expect(sent[0]?.url).toBe('https://api.example/v1/support/faq?q=%E4%BA%BA%E8%84%B8%20%26%20%E5%85%89%E7%BA%BF')
    expect(sent[1]?.url).toBe('https://api.example/v1/todos/a%2Fb')
    expect(sent[0]?.headers).toMatchObject({ Authorization: 'Bearer secret', 'Accept-Language': 'en' })
  })

  it('gives a picture as a data address', async () => {
    const bytes = Uint8Array.from([1, 2, 3]).buffer
    const { client } = server({ status: 200, headers: { 'content-type': 'image/png' }, bytes })
    expect(await client.portrait('v')).toBe('data:image/png;base64,AQID')
  })
})
