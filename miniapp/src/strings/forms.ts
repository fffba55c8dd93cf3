import { text } from './table'

/** Hints and errors of the fields. The keys of rules are those of the server. */
export const forms = {
  fieldsInvalid: text('有 {n} 项需要更正', '有 {n} 項需要更正', 'Fields to correct: {n}'),

  numberHint_resident_id: text(
    '18 位，例如 110105 19491231 002X',
    '18 位，例如 110105 19491231 002X',
    '18 characters, for example 110105 19491231 002X',
  ),
  numberHint_hk_macau_residence_permit: text(
    '18 位，以 81 或 82 开头，例如 810000 19900101 0019',
    '18 位，以 81 或 82 開頭，例如 810000 19900101 0019',
    '18 characters that begin with 81 or 82, for example 810000 19900101 0019',
  ),
  numberHint_taiwan_residence_permit: text(
    '18 位，以 83 开头，例如 830000 19900101 0012',
    '18 位，以 83 開頭，例如 830000 19900101 0012',
    '18 characters that begin with 83, for example 830000 19900101 0012',
  ),
  numberHint_hk_macau_permit: text(
    'H 或 M 开头，后跟 8 位数字，例如 H12345678',
    'H 或 M 開頭，後跟 8 位數字，例如 H12345678',
    'H or M and 8 digits, for example H12345678',
  ),
  numberHint_taiwan_permit: text(
    '8 位数字，例如 12345678',
    '8 位數字，例如 12345678',
    '8 digits, for example 12345678',
  ),
  numberHint_passport: text(
    '8 或 9 位字母和数字，例如 E12345678',
    '8 或 9 位字母和數字，例如 E12345678',
    '8 or 9 letters and digits, for example E12345678',
  ),
  numberHint_foreign_permanent_resident: text(
    '3 个字母和 12 位数字，例如 USA110080010101；新版为 18 位，以 9 开头',
    '3 個字母和 12 位數字，例如 USA110080010101；新版為 18 位，以 9 開頭',
    '3 letters and 12 digits, for example USA110080010101, or 18 characters that begin with 9 on new cards',
  ),

  rule_number_empty: text('请填写证件号码', '請填寫證件號碼', 'Enter the document number'),
  rule_number_length: text(
    '号码位数不对，请与证件核对',
    '號碼位數不對，請與證件核對',
    'The number has a wrong length. Please compare it with the document',
  ),
  rule_number_alphabet: text(
    '号码中有证件号码不使用的字符，请与证件核对',
    '號碼中有證件號碼不使用的字元，請與證件核對',
    'The number contains a character that document numbers do not have. Please compare it with the document',
  ),
  rule_number_format: text(
    '号码不是所选证件的格式，请核对号码和证件类型',
    '號碼不是所選證件的格式，請核對號碼和證件類型',
    'The number does not have the format of this document type. Please check the number and the type',
  ),
  rule_number_province: text(
    '号码的前两位有误，请核对号码和证件类型',
    '號碼的前兩位有誤，請核對號碼和證件類型',
    'The first two digits are not valid. Please check the number and the document type',
  ),
  rule_number_birth_date: text(
    '号码中的出生日期有误，请与证件核对',
    '號碼中的出生日期有誤，請與證件核對',
    'The date of birth in the number is not valid. Please compare it with the document',
  ),
  rule_number_checksum: text(
    '号码有误，请逐位与证件核对',
    '號碼有誤，請逐位與證件核對',
    'The number is not valid. Please compare each character with the document',
  ),
  rule_number_is_residence_permit: text(
    '这是居住证的号码，请在证件类型中选择居住证',
    '這是居住證的號碼，請在證件類型中選擇居住證',
    'This is the number of a residence permit. Please choose that document type',
  ),
  rule_name_empty: text('请填写姓名', '請填寫姓名', 'Enter your name'),
  rule_name_length: text(
    '姓名应为 2 至 50 个字，请与证件核对',
    '姓名應為 2 至 50 個字，請與證件核對',
    'A name has 2 to 50 characters. Please compare it with the document',
  ),
  rule_name_alphabet: text(
    '姓名中有证件不使用的字符，请按证件填写',
    '姓名中有證件不使用的字元，請按證件填寫',
    'The name contains a character that documents do not have. Enter it as on the document',
  ),
  rule_phone_format: text(
    '请填写 11 位手机号，或留空',
    '請填寫 11 位手機號，或留空',
    'Enter 11 digits, or leave it empty',
  ),
  rule_phone_foreign: text(
    '请填写内地手机号，或留空',
    '請填寫內地手機號，或留空',
    'Enter a mobile number of the mainland, or leave it empty',
  ),
  rule_card_format: text('卡号为 13 至 19 位数字', '卡號為 13 至 19 位數字', 'A card number has 13 to 19 digits'),
  rule_validity: text(
    '有效期止应晚于有效期起，请与证件核对',
    '有效期止應晚於有效期起，請與證件核對',
    'The last day must be after the first one. Please compare them with the document',
  ),
  rule_date_format: text('请填写有效的日期', '請填寫有效的日期', 'Enter a valid date'),
  rule_required: text('请填写此项', '請填寫此項', 'Please fill in this field'),
} as const
