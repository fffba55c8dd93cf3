import type { Phone } from '../sandbox'
import { sandboxAddress } from './address'
import { chosen } from './people'

/** The phone of the chosen person: it gives codes as my.getAuthCode would. */
export const phone: Phone = {
  login: async () => {
    const openId = chosen()
    return openId ? { channel: 'alipay', code: await code(openId, 'auth_base') } : undefined
  },
  identityCode: () => code(chosen() ?? '', 'auth_user'),
}

async function code(openId: string, scope: string): Promise<string> {
  const reply = await fetch(`${await sandboxAddress()}/sandbox/code`, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ open_id: openId, scope }),
  })
  if (!reply.ok) throw new Error('the sandbox gives no code')
  return ((await reply.json()) as { auth_code: string }).auth_code
}
