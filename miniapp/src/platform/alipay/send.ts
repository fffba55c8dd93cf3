import { lowerCased, patience, type Reply, type Send } from '../../api/transport'

export const send: Send = ({ method, url, headers, body, binary }) =>
  new Promise((resolve, reject) => {
    my.request({
      url, method, headers, data: body, timeout: patience,
      dataType: binary ? 'arraybuffer' : 'text',
      success: (reply) => resolve(replyOf(reply.statusCode ?? reply.status ?? 0, reply.headers, reply.data)),
      // Alipay calls every status but 2xx a failure; the server's problem document is in it nevertheless.
      fail: (reason) => (reason.status ? resolve(replyOf(reason.status, reason.headers, reason.data)) : reject(reason)),
    })
  })

function replyOf(status: number, headers?: Record<string, unknown>, data?: unknown): Reply {
  return {
    status,
    headers: lowerCased(headers),
    text: textOf(data),
    bytes: data instanceof ArrayBuffer ? data : undefined,
  }
}

/** Some versions parse JSON whatever they are asked. */
function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  return data === undefined || data === null || data instanceof ArrayBuffer ? '' : JSON.stringify(data)
}
