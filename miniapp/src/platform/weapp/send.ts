import { requestTimeout, responseOf, type SendRequest } from '../../api/transport'

export const send: SendRequest = ({ method, url, headers, body, binary }) =>
  new Promise((resolve, reject) => {
    wx.request({
      url,
      method,
      header: headers,
      data: body,
      timeout: requestTimeout,
      dataType: 'text', // the caller parses it, and bytes stay unchanged
      responseType: binary ? 'arraybuffer' : 'text',
      success: (reply) =>
        reply?.statusCode ? resolve(responseOf(reply.statusCode, reply.header, reply.data)) : reject(reply),
      fail: reject,
    })
  })
