import { text } from './table'

export const checks = {
  faceTitle: text('人脸核验', '人臉核驗', 'Face check'),
  faceLead: text(
    '请本人操作，按屏幕提示完成。',
    '請本人操作，按屏幕提示完成。',
    'Please do this yourself, and follow the instructions on the screen.',
  ),
  faceStart: text('开始人脸核验', '開始人臉核驗', 'Start the face check'),
  faceOpened: text(
    '在打开的页面完成后回到这里。',
    '在打開的頁面完成後回到這裡。',
    'Finish on the page that opened, then return here.',
  ),
  faceAsking: text('正在查询结果，请稍候。', '正在查詢結果，請稍候。', 'Checking the result. Please wait.'),
  faceLeft: text(
    '您已离开人脸核验。确认没有提交人脸后，不计次数。',
    '您已離開人臉核驗。確認沒有提交人臉後，不計次數。',
    'You left the face check. If no face was submitted, it does not count as a try.',
  ),
  facePending: text(
    '结果仍在确认。可以再查询，也可以稍后回来。',
    '結果仍在確認。可以再查詢，也可以稍後回來。',
    'The result is not available yet. Check again, or come back later.',
  ),
  askAgain: text('再次查询', '再次查詢', 'Check again'),
  again: text('重新进行人脸核验', '重新進行人臉核驗', 'Start the face check again'),
  bankTitle: text('银行卡核验', '銀行卡核驗', 'Bank card check'),
  bankLead: text(
    '请使用本人名下的银行卡。卡号只用于本次核验，不保存。',
    '請使用本人名下的銀行卡。卡號只用於本次核驗，不保存。',
    'Use a bank card in your own name. Its number is used for this check only and is not stored.',
  ),
  card: text('银行卡号', '銀行卡號', 'Card number'),
  phone: text(
    '银行预留手机号（可不填）',
    '銀行預留手機號（可不填）',
    'Phone number registered with the bank (optional)',
  ),
  cardDoubt: text(
    '卡号可能有误，请核对；确认无误可再次点击核验。',
    '卡號可能有誤，請核對；確認無誤可再次點擊核驗。',
    'The number may be wrong. Please compare it with the card. If it is right, press the button again.',
  ),
  cardEdit: text('修改卡号', '修改卡號', 'Change the card number'),
  phoneHint: text('请填写 11 位手机号，或留空', '請填寫 11 位手機號，或留空', 'Enter 11 digits, or leave it empty'),
  cardHint: text('13 至 19 位数字', '13 至 19 位數字', '13 to 19 digits'),
  verify: text('核验', '核驗', 'Check'),
  documentTitle: text('证件核验', '證件核驗', 'Document check'),
  documentLead: text(
    '向签发机关核对您的{type}。',
    '向簽發機關核對您的{type}。',
    'Your document is checked with the authority that issued it: {type}.',
  ),
  elementsTitle: text('有效期核验', '有效期核驗', 'Validity check'),
  elementsLead: text(
    '请填写最近一次签发的{type}上的有效期。',
    '請填寫最近一次簽發的{type}上的有效期。',
    'Enter the validity period shown on your most recent document: {type}.',
  ),
  successTitle: text('核验成功', '核驗成功', 'Verified'),
  successLead: text(
    '身份核验已通过。请继续，查看您的待办事项。',
    '身份核驗已通過。請繼續，查看您的待辦事項。',
    'Your identity has been verified. Continue to see your to-dos.',
  ),
  successLift: text(
    '身份核验已通过。请继续，解除冻结。',
    '身份核驗已通過。請繼續，解除凍結。',
    'Your identity has been verified. Continue to lift the freeze.',
  ),
  successSign: text(
    '身份核验已通过。请继续，核对内容并签名。',
    '身份核驗已通過。請繼續，核對內容並簽名。',
    'Your identity has been verified. Continue to review the content and sign.',
  ),
  continue: text('继续', '繼續', 'Continue'),
  photoTitle: text('请确认照片', '請確認照片', 'Your photo'),
  photoLead: text('这是刚才采集的人脸照片。', '這是剛才採集的人臉照片。', 'This picture of your face was just taken.'),
  photoAlt: text('刚才采集的人脸照片', '剛才採集的人臉照片', 'The picture of your face that was just taken'),
  noPhoto: text(
    '核验机构没有返回照片，不影响办理。',
    '核驗機構沒有返回照片，不影響辦理。',
    'The provider returned no picture. You can continue without one.',
  ),
  startOver: text('重新录入', '重新錄入', 'Start again'),
} as const
