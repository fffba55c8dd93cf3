import { lowerCased, patience, type Send } from '../../api/transport'

export const send: Send = ({ method, url, headers, body, binary }) =>
  new Promise((resolve, reject) => {
    wx.request({
      url, method, header: headers, data: body, timeout: patience,
      dataType: 'text', // parsed by the caller, and bytes stay as they are
      responseType: binary ? 'arraybuffer' : 'text',
      success: ({ statusCode, header, data }) => {
        const bytes = typeof data === 'string' ? undefined : data
        resolve({ status: statusCode, headers: lowerCased(header), text: typeof data === 'string' ? data : '', bytes })
      },
      fail: reject,
    })
  })
