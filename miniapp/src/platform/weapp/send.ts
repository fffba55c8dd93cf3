import { patience, replyOf, type Send } from '../../api/transport'

export const send: Send = ({ method, url, headers, body, binary }) =>
  new Promise((resolve, reject) => {
    wx.request({
      url,
      method,
      header: headers,
      data: body,
      timeout: patience,
      dataType: 'text', // parsed by the caller, and bytes stay as they are
      responseType: binary ? 'arraybuffer' : 'text',
      success: (reply) =>
        reply?.statusCode ? resolve(replyOf(reply.statusCode, reply.header, reply.data)) : reject(reply),
      fail: reject,
    })
  })
