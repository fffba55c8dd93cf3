import { requestTimeout, responseOf, type SendRequest } from '../../api/transport'

export const send: SendRequest = ({ method, url, headers, body, binary }) =>
  new Promise((resolve, reject) => {
    // Alipay treats every status except 2xx as a failure. The failure still contains the server's problem document.
    const tell = (reply: MyReply | undefined, otherwise?: number) => {
      const status = reply?.statusCode ?? reply?.status ?? otherwise
      if (status) resolve(responseOf(status, reply?.headers, reply?.data))
      else reject(reply)
    }
    my.request({
      url,
      method,
      headers,
      data: body,
      timeout: requestTimeout,
      dataType: binary ? 'arraybuffer' : 'text',
      success: (reply) => tell(reply, 200),
      fail: (reply) => tell(reply),
    })
  })
