"""Generated from spec.schema.json by msgspec_tool.schema.derivation: do not edit."""

import re


class JsonSchemaException(ValueError):
    """Refused; the words come from the other validator."""


class JsonSchemaValueException(JsonSchemaException):
    """Refused."""


class JsonSchemaValuesException(JsonSchemaException):
    """Refused, several times over."""



REGEX_PATTERNS = {
    '\\{[{%#]': re.compile('\\{[{%#]'),
    '^[a-z0-9]+(-[a-z0-9]+)*$': re.compile('^[a-z0-9]+(-[a-z0-9]+)*\\Z'),
    '^[A-Za-z_][A-Za-z0-9_]*$': re.compile('^[A-Za-z_][A-Za-z0-9_]*\\Z'),
    '^[0-9]+[smhd]$': re.compile('^[0-9]+[smhd]\\Z'),
    '^[ \\t\\r\\n]*\\{\\{': re.compile('^[ \\t\\r\\n]*\\{\\{'),
    '\\.([cC][sS][vV]|[jJ][sS][oO][nN][lL]|[nN][dD][jJ][sS][oO][nN]|[pP][aA][rR][qQ][uU][eE][tT])$': re.compile('\\.([cC][sS][vV]|[jJ][sS][oO][nN][lL]|[nN][dD][jJ][sS][oO][nN]|[pP][aA][rR][qQ][uU][eE][tT])\\Z'),
    '^[0-9]*$': re.compile('^[0-9]*\\Z'),
    '^[^/:]*$': re.compile('^[^/:]*\\Z')
}

NoneType = type(None)

def validate(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        try:
            data_is_dict = isinstance(data, dict)
            if data_is_dict:
                data__missing_keys = set(['message']) - data.keys()
                if data__missing_keys:
                    raise JsonSchemaValueException
                data_keys = set(data.keys())
                if "message" in data_keys:
                    data_keys.remove("message")
                    data__message = data["message"]
                    if not isinstance(data__message, (dict)):
                        raise JsonSchemaValueException
                    data__message_is_dict = isinstance(data__message, dict)
                    if data__message_is_dict:
                        data__message__missing_keys = set(['template']) - data__message.keys()
                        if data__message__missing_keys:
                            raise JsonSchemaValueException
                        data__message_keys = set(data__message.keys())
                        if "template" in data__message_keys:
                            data__message_keys.remove("template")
                            data__message__template = data__message["template"]
                            if isinstance(data__message__template, str):
                                data__message__template_len = len(data__message__template)
                                if data__message__template_len < 1:
                                    raise JsonSchemaValueException
        except (JsonSchemaValueException, JsonSchemaValuesException): pass
        else:
            raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['channels']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        try:
            data_is_dict = isinstance(data, dict)
            if data_is_dict:
                data__missing_keys = set(['message']) - data.keys()
                if data__missing_keys:
                    raise JsonSchemaValueException
                data_keys = set(data.keys())
                if "message" in data_keys:
                    data_keys.remove("message")
                    data__message = data["message"]
                    if not isinstance(data__message, (dict)):
                        raise JsonSchemaValueException
                    data__message_is_dict = isinstance(data__message, dict)
                    if data__message_is_dict:
                        data__message__missing_keys = set(['template']) - data__message.keys()
                        if data__message__missing_keys:
                            raise JsonSchemaValueException
                        data__message_keys = set(data__message.keys())
                        if "template" in data__message_keys:
                            data__message_keys.remove("template")
                            data__message__template = data__message["template"]
                            if isinstance(data__message__template, str):
                                data__message__template_len = len(data__message__template)
                                if data__message__template_len < 1:
                                    raise JsonSchemaValueException
        except (JsonSchemaValueException, JsonSchemaValuesException): pass
        else:
            raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "channels" in data_keys:
                data_keys.remove("channels")
                data__channels = data["channels"]
                data__channels_is_dict = isinstance(data__channels, dict)
                if data__channels_is_dict:
                    data__channels_keys = set(data__channels.keys())
                    if "sms" in data__channels_keys:
                        data__channels_keys.remove("sms")
                        data__channels__sms = data__channels["sms"]
                        try:
                            if not isinstance(data__channels__sms, (dict)):
                                raise JsonSchemaValueException
                            data__channels__sms_is_dict = isinstance(data__channels__sms, dict)
                            if data__channels__sms_is_dict:
                                data__channels__sms__missing_keys = set(['type']) - data__channels__sms.keys()
                                if data__channels__sms__missing_keys:
                                    raise JsonSchemaValueException
                                data__channels__sms_keys = set(data__channels__sms.keys())
                                if "type" in data__channels__sms_keys:
                                    data__channels__sms_keys.remove("type")
                                    data__channels__sms__type = data__channels__sms["type"]
                                    data__channels__sms__type_any_of_count1 = 0
                                    if not data__channels__sms__type_any_of_count1:
                                        try:
                                            if not (isinstance(data__channels__sms__type, str) and data__channels__sms__type == '3' or isinstance(data__channels__sms__type, (int, float)) and not isinstance(data__channels__sms__type, bool) and data__channels__sms__type == 3):
                                                raise JsonSchemaValueException
                                            data__channels__sms__type_any_of_count1 += 1
                                        except (JsonSchemaValueException, JsonSchemaValuesException): pass
                                    if not data__channels__sms__type_any_of_count1:
                                        try:
                                            if not isinstance(data__channels__sms__type, (str)):
                                                raise JsonSchemaValueException
                                            if isinstance(data__channels__sms__type, str):
                                                if not REGEX_PATTERNS['\\{[{%#]'].search(data__channels__sms__type):
                                                    raise JsonSchemaValueException
                                            data__channels__sms__type_any_of_count1 += 1
                                        except (JsonSchemaValueException, JsonSchemaValuesException): pass
                                    if not data__channels__sms__type_any_of_count1:
                                        raise JsonSchemaValueException
                        except (JsonSchemaValueException, JsonSchemaValuesException):
                            data__channels__sms_is_dict = isinstance(data__channels__sms, dict)
                            if data__channels__sms_is_dict:
                                data__channels__sms__missing_keys = set(['text']) - data__channels__sms.keys()
                                if data__channels__sms__missing_keys:
                                    raise JsonSchemaValueException
                        else:
                            pass
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['deliverychannel']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "deliverychannel" in data_keys:
                data_keys.remove("deliverychannel")
                data__deliverychannel = data["deliverychannel"]
                data__deliverychannel_any_of_count2 = 0
                if not data__deliverychannel_any_of_count2:
                    try:
                        if not (isinstance(data__deliverychannel, str) and data__deliverychannel == 'rt' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'appmessaging'):
                            raise JsonSchemaValueException
                        data__deliverychannel_any_of_count2 += 1
                    except (JsonSchemaValueException, JsonSchemaValuesException): pass
                if not data__deliverychannel_any_of_count2:
                    try:
                        if not isinstance(data__deliverychannel, (list, tuple)):
                            raise JsonSchemaValueException
                        data__deliverychannel_is_list = isinstance(data__deliverychannel, (list, tuple))
                        if data__deliverychannel_is_list:
                            data__deliverychannel_len = len(data__deliverychannel)
                            for data__deliverychannel_x, data__deliverychannel_item in enumerate(data__deliverychannel):
                                if not (isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'rt' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'appmessaging'):
                                    raise JsonSchemaValueException
                        data__deliverychannel_any_of_count2 += 1
                    except (JsonSchemaValueException, JsonSchemaValuesException): pass
                if not data__deliverychannel_any_of_count2:
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "priority" in data_keys:
                data_keys.remove("priority")
                data__priority = data["priority"]
                try:
                    if not isinstance(data__priority, (str)):
                        raise JsonSchemaValueException
                    if isinstance(data__priority, str):
                        if not REGEX_PATTERNS['\\{[{%#]'].search(data__priority):
                            raise JsonSchemaValueException
                except (JsonSchemaValueException, JsonSchemaValuesException):
                    if not (isinstance(data__priority, str) and data__priority == 'low' or isinstance(data__priority, str) and data__priority == 'medium' or isinstance(data__priority, str) and data__priority == 'high' or isinstance(data__priority, str) and data__priority == '1' or isinstance(data__priority, str) and data__priority == '2' or isinstance(data__priority, str) and data__priority == '3' or isinstance(data__priority, str) and data__priority == '' or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 1 or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 2 or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 3):
                        raise JsonSchemaValueException
                else:
                    pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "priority" in data_keys:
                data_keys.remove("priority")
                data__priority = data["priority"]
                try:
                    if not isinstance(data__priority, (str)):
                        raise JsonSchemaValueException
                    if isinstance(data__priority, str):
                        if not REGEX_PATTERNS['\\{[{%#]'].search(data__priority):
                            raise JsonSchemaValueException
                except (JsonSchemaValueException, JsonSchemaValuesException):
                    if not (isinstance(data__priority, str) and data__priority == 'low' or isinstance(data__priority, str) and data__priority == 'medium' or isinstance(data__priority, str) and data__priority == 'high' or isinstance(data__priority, str) and data__priority == '1' or isinstance(data__priority, str) and data__priority == '2' or isinstance(data__priority, str) and data__priority == '3' or isinstance(data__priority, str) and data__priority == '4' or isinstance(data__priority, str) and data__priority == '5' or isinstance(data__priority, str) and data__priority == '' or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 1 or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 2 or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 3 or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 4 or isinstance(data__priority, (int, float)) and not isinstance(data__priority, bool) and data__priority == 5):
                        raise JsonSchemaValueException
                else:
                    pass
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['msgspec', 'name', 'deliverychannel', 'destination']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "msgspec" in data_keys:
            data_keys.remove("msgspec")
            data__msgspec = data["msgspec"]
            if not isinstance(data__msgspec, (int)) and not (isinstance(data__msgspec, float) and data__msgspec.is_integer()) or isinstance(data__msgspec, bool):
                raise JsonSchemaValueException
            if not (isinstance(data__msgspec, (int, float)) and not isinstance(data__msgspec, bool) and data__msgspec == 1):
                raise JsonSchemaValueException
        if "name" in data_keys:
            data_keys.remove("name")
            data__name = data["name"]
            if not isinstance(data__name, (str)):
                raise JsonSchemaValueException
            if isinstance(data__name, str):
                data__name_len = len(data__name)
                if data__name_len > 64:
                    raise JsonSchemaValueException
                if not REGEX_PATTERNS['^[a-z0-9]+(-[a-z0-9]+)*$'].search(data__name):
                    raise JsonSchemaValueException
        if "description" in data_keys:
            data_keys.remove("description")
            data__description = data["description"]
            if not isinstance(data__description, (str)):
                raise JsonSchemaValueException
        if "owner" in data_keys:
            data_keys.remove("owner")
            data__owner = data["owner"]
            if not isinstance(data__owner, (str)):
                raise JsonSchemaValueException
        if "tags" in data_keys:
            data_keys.remove("tags")
            data__tags = data["tags"]
            if not isinstance(data__tags, (list, tuple)):
                raise JsonSchemaValueException
            data__tags_is_list = isinstance(data__tags, (list, tuple))
            if data__tags_is_list:
                data__tags_len = len(data__tags)
                for data__tags_x, data__tags_item in enumerate(data__tags):
                    if not isinstance(data__tags_item, (str)):
                        raise JsonSchemaValueException
        if "locale" in data_keys:
            data_keys.remove("locale")
            data__locale = data["locale"]
            if not isinstance(data__locale, (str)):
                raise JsonSchemaValueException
        if "timezone" in data_keys:
            data_keys.remove("timezone")
            data__timezone = data["timezone"]
            if not isinstance(data__timezone, (str)):
                raise JsonSchemaValueException
        if "variables" in data_keys:
            data_keys.remove("variables")
            data__variables = data["variables"]
            if not isinstance(data__variables, (dict)):
                raise JsonSchemaValueException
            data__variables_is_dict = isinstance(data__variables, dict)
            if data__variables_is_dict:
                data__variables_keys = set(data__variables.keys())
                for data__variables_key in data__variables_keys:
                    if data__variables_key not in []:
                        data__variables_value = data__variables.get(data__variables_key)
                        validate___definitions_variable(data__variables_value)
                data__variables_len = len(data__variables)
                if data__variables_len != 0:
                    data__variables_property_names = True
                    for data__variables_key in data__variables:
                        try:
                            if isinstance(data__variables_key, str):
                                if not REGEX_PATTERNS['^[A-Za-z_][A-Za-z0-9_]*$'].search(data__variables_key):
                                    raise JsonSchemaValueException
                        except (JsonSchemaValueException, JsonSchemaValuesException):
                            data__variables_property_names = False
                    if not data__variables_property_names:
                        raise JsonSchemaValueException
        if "samples" in data_keys:
            data_keys.remove("samples")
            data__samples = data["samples"]
            if not isinstance(data__samples, (dict)):
                raise JsonSchemaValueException
            data__samples_is_dict = isinstance(data__samples, dict)
            if data__samples_is_dict:
                data__samples_keys = set(data__samples.keys())
                for data__samples_key in data__samples_keys:
                    if data__samples_key not in []:
                        data__samples_value = data__samples.get(data__samples_key)
                        validate___definitions_sample(data__samples_value)
        if "tests" in data_keys:
            data_keys.remove("tests")
            data__tests = data["tests"]
            if not isinstance(data__tests, (list, tuple)):
                raise JsonSchemaValueException
            data__tests_is_list = isinstance(data__tests, (list, tuple))
            if data__tests_is_list:
                data__tests_len = len(data__tests)
                for data__tests_x, data__tests_item in enumerate(data__tests):
                    validate___definitions_test(data__tests_item)
        if "deliverychannel" in data_keys:
            data_keys.remove("deliverychannel")
            data__deliverychannel = data["deliverychannel"]
            if not isinstance(data__deliverychannel, (str, list, tuple)):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__deliverychannel, (list, tuple)):
                    raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                try:
                    if not isinstance(data__deliverychannel, (str)):
                        raise JsonSchemaValueException
                    if isinstance(data__deliverychannel, str):
                        if not REGEX_PATTERNS['\\{[{%#]'].search(data__deliverychannel):
                            raise JsonSchemaValueException
                except (JsonSchemaValueException, JsonSchemaValuesException):
                    if not (isinstance(data__deliverychannel, str) and data__deliverychannel == 'sms' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'voice' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'push' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'rt' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'appmessaging' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'fb' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'twitter' or isinstance(data__deliverychannel, str) and data__deliverychannel == 'wechat'):
                        raise JsonSchemaValueException
                else:
                    pass
            else:
                data__deliverychannel_is_list = isinstance(data__deliverychannel, (list, tuple))
                if data__deliverychannel_is_list:
                    data__deliverychannel_len = len(data__deliverychannel)
                    for data__deliverychannel_x, data__deliverychannel_item in enumerate(data__deliverychannel):
                        if not isinstance(data__deliverychannel_item, (str)):
                            raise JsonSchemaValueException
                        if not (isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'sms' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'voice' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'push' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'rt' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'appmessaging' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'fb' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'twitter' or isinstance(data__deliverychannel_item, str) and data__deliverychannel_item == 'wechat'):
                            raise JsonSchemaValueException
        if "expiry" in data_keys:
            data_keys.remove("expiry")
            data__expiry = data["expiry"]
            if not isinstance(data__expiry, (str, dict)):
                raise JsonSchemaValueException
            data__expiry_is_dict = isinstance(data__expiry, dict)
            if data__expiry_is_dict:
                data__expiry__missing_keys = set(['after']) - data__expiry.keys()
                if data__expiry__missing_keys:
                    raise JsonSchemaValueException
                data__expiry_keys = set(data__expiry.keys())
                if "after" in data__expiry_keys:
                    data__expiry_keys.remove("after")
                    data__expiry__after = data__expiry["after"]
                    if not isinstance(data__expiry__after, (str)):
                        raise JsonSchemaValueException
                    try:
                        if not isinstance(data__expiry__after, (str)):
                            raise JsonSchemaValueException
                        if isinstance(data__expiry__after, str):
                            if not REGEX_PATTERNS['\\{[{%#]'].search(data__expiry__after):
                                raise JsonSchemaValueException
                    except (JsonSchemaValueException, JsonSchemaValuesException):
                        if isinstance(data__expiry__after, str):
                            if not REGEX_PATTERNS['^[0-9]+[smhd]$'].search(data__expiry__after):
                                raise JsonSchemaValueException
                    else:
                        pass
                if data__expiry_keys:
                    raise JsonSchemaValueException
        if "priority" in data_keys:
            data_keys.remove("priority")
            data__priority = data["priority"]
            if not isinstance(data__priority, (str, int)) and not (isinstance(data__priority, float) and data__priority.is_integer()) or isinstance(data__priority, bool):
                raise JsonSchemaValueException
        if "appid" in data_keys:
            data_keys.remove("appid")
            data__appid = data["appid"]
            if not isinstance(data__appid, (str, int)) and not (isinstance(data__appid, float) and data__appid.is_integer()) or isinstance(data__appid, bool):
                raise JsonSchemaValueException
        if "message" in data_keys:
            data_keys.remove("message")
            data__message = data["message"]
            if not isinstance(data__message, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__message, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__message):
                    raise JsonSchemaValueException
            data__message_is_dict = isinstance(data__message, dict)
            if data__message_is_dict:
                data__message__missing_keys = set(['template']) - data__message.keys()
                if data__message__missing_keys:
                    raise JsonSchemaValueException
                data__message_keys = set(data__message.keys())
                if "template" in data__message_keys:
                    data__message_keys.remove("template")
                    data__message__template = data__message["template"]
                    if not isinstance(data__message__template, (str, int)) and not (isinstance(data__message__template, float) and data__message__template.is_integer()) or isinstance(data__message__template, bool):
                        raise JsonSchemaValueException
                if "parameters" in data__message_keys:
                    data__message_keys.remove("parameters")
                    data__message__parameters = data__message["parameters"]
                    if not isinstance(data__message__parameters, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__message__parameters, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__message__parameters):
                            raise JsonSchemaValueException
                    data__message__parameters_is_dict = isinstance(data__message__parameters, dict)
                    if data__message__parameters_is_dict:
                        data__message__parameters_keys = set(data__message__parameters.keys())
                if data__message_keys:
                    raise JsonSchemaValueException
        if "route" in data_keys:
            data_keys.remove("route")
            data__route = data["route"]
            if not isinstance(data__route, (str, int)) and not (isinstance(data__route, float) and data__route.is_integer()) or isinstance(data__route, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__route, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__route, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__route):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__route, str) and data__route == 'IMMD' or isinstance(data__route, str) and data__route == 'LCGD' or isinstance(data__route, str) and data__route == 'LCBE' or isinstance(data__route, str) and data__route == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "correlationid" in data_keys:
            data_keys.remove("correlationid")
            data__correlationid = data["correlationid"]
            if not isinstance(data__correlationid, (str, int)) and not (isinstance(data__correlationid, float) and data__correlationid.is_integer()) or isinstance(data__correlationid, bool):
                raise JsonSchemaValueException
        if "notifyurl" in data_keys:
            data_keys.remove("notifyurl")
            data__notifyurl = data["notifyurl"]
            if not isinstance(data__notifyurl, (str, int)) and not (isinstance(data__notifyurl, float) and data__notifyurl.is_integer()) or isinstance(data__notifyurl, bool):
                raise JsonSchemaValueException
        if "notifyurlAuthId" in data_keys:
            data_keys.remove("notifyurlAuthId")
            data__notifyurlAuthId = data["notifyurlAuthId"]
            if not isinstance(data__notifyurlAuthId, (str, int)) and not (isinstance(data__notifyurlAuthId, float) and data__notifyurlAuthId.is_integer()) or isinstance(data__notifyurlAuthId, bool):
                raise JsonSchemaValueException
        if "callbackData" in data_keys:
            data_keys.remove("callbackData")
            data__callbackData = data["callbackData"]
            if not isinstance(data__callbackData, (str, int)) and not (isinstance(data__callbackData, float) and data__callbackData.is_integer()) or isinstance(data__callbackData, bool):
                raise JsonSchemaValueException
        if "options" in data_keys:
            data_keys.remove("options")
            data__options = data["options"]
            validate___definitions_options(data__options)
        if "contactPolicy" in data_keys:
            data_keys.remove("contactPolicy")
            data__contactPolicy = data["contactPolicy"]
            validate___definitions_contactpolicy(data__contactPolicy)
        if "gtrId" in data_keys:
            data_keys.remove("gtrId")
            data__gtrId = data["gtrId"]
            if not isinstance(data__gtrId, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__gtrId, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__gtrId):
                    raise JsonSchemaValueException
            data__gtrId_is_list = isinstance(data__gtrId, (list, tuple))
            if data__gtrId_is_list:
                data__gtrId_len = len(data__gtrId)
                for data__gtrId_x, data__gtrId_item in enumerate(data__gtrId):
                    if not isinstance(data__gtrId_item, (str, int)) and not (isinstance(data__gtrId_item, float) and data__gtrId_item.is_integer()) or isinstance(data__gtrId_item, bool):
                        raise JsonSchemaValueException
        if "icmessage" in data_keys:
            data_keys.remove("icmessage")
            data__icmessage = data["icmessage"]
            if not isinstance(data__icmessage, (str, int)) and not (isinstance(data__icmessage, float) and data__icmessage.is_integer()) or isinstance(data__icmessage, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__icmessage, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__icmessage, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__icmessage):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__icmessage, str) and data__icmessage == 'true' or isinstance(data__icmessage, str) and data__icmessage == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "conversationid" in data_keys:
            data_keys.remove("conversationid")
            data__conversationid = data["conversationid"]
            if not isinstance(data__conversationid, (str, int)) and not (isinstance(data__conversationid, float) and data__conversationid.is_integer()) or isinstance(data__conversationid, bool):
                raise JsonSchemaValueException
        if "channels" in data_keys:
            data_keys.remove("channels")
            data__channels = data["channels"]
            if not isinstance(data__channels, (dict)):
                raise JsonSchemaValueException
            data__channels_is_dict = isinstance(data__channels, dict)
            if data__channels_is_dict:
                data__channels_keys = set(data__channels.keys())
                if "sms" in data__channels_keys:
                    data__channels_keys.remove("sms")
                    data__channels__sms = data__channels["sms"]
                    validate___definitions_sms(data__channels__sms)
                if "voice" in data__channels_keys:
                    data__channels_keys.remove("voice")
                    data__channels__voice = data__channels["voice"]
                    validate___definitions_voice(data__channels__voice)
                if "push" in data__channels_keys:
                    data__channels_keys.remove("push")
                    data__channels__push = data__channels["push"]
                    validate___definitions_push(data__channels__push)
                if "rt" in data__channels_keys:
                    data__channels_keys.remove("rt")
                    data__channels__rt = data__channels["rt"]
                    validate___definitions_rt(data__channels__rt)
                if "fb" in data__channels_keys:
                    data__channels_keys.remove("fb")
                    data__channels__fb = data__channels["fb"]
                    validate___definitions_fb(data__channels__fb)
                if "twitter" in data__channels_keys:
                    data__channels_keys.remove("twitter")
                    data__channels__twitter = data__channels["twitter"]
                    validate___definitions_twitter(data__channels__twitter)
                if "wechat" in data__channels_keys:
                    data__channels_keys.remove("wechat")
                    data__channels__wechat = data__channels["wechat"]
                    validate___definitions_wechat(data__channels__wechat)
                if "smartlinks" in data__channels_keys:
                    data__channels_keys.remove("smartlinks")
                    data__channels__smartlinks = data__channels["smartlinks"]
                    validate___definitions_smartlinks(data__channels__smartlinks)
                if "contactPolicy" in data__channels_keys:
                    data__channels_keys.remove("contactPolicy")
                    data__channels__contactPolicy = data__channels["contactPolicy"]
                    validate___definitions_contactpolicy(data__channels__contactPolicy)
                if data__channels_keys:
                    raise JsonSchemaValueException
        if "destination" in data_keys:
            data_keys.remove("destination")
            data__destination = data["destination"]
            if not isinstance(data__destination, (list, tuple, dict)):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__destination, (list, tuple)):
                    raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                validate___definitions_recipients(data__destination)
            else:
                data__destination_is_list = isinstance(data__destination, (list, tuple))
                if data__destination_is_list:
                    data__destination_len = len(data__destination)
                    for data__destination_x, data__destination_item in enumerate(data__destination):
                        validate___definitions_addresses(data__destination_item)
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_addresses(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "with" in data_keys:
            data_keys.remove("with")
            data__with = data["with"]
            if not isinstance(data__with, (dict)):
                raise JsonSchemaValueException
            data__with_is_dict = isinstance(data__with, dict)
            if data__with_is_dict:
                data__with_keys = set(data__with.keys())
        if "msisdn" in data_keys:
            data_keys.remove("msisdn")
            data__msisdn = data["msisdn"]
            if not isinstance(data__msisdn, (str, int, list, tuple)) and not (isinstance(data__msisdn, float) and data__msisdn.is_integer()) or isinstance(data__msisdn, bool):
                raise JsonSchemaValueException
            data__msisdn_is_list = isinstance(data__msisdn, (list, tuple))
            if data__msisdn_is_list:
                data__msisdn_len = len(data__msisdn)
                for data__msisdn_x, data__msisdn_item in enumerate(data__msisdn):
                    if not isinstance(data__msisdn_item, (str, int)) and not (isinstance(data__msisdn_item, float) and data__msisdn_item.is_integer()) or isinstance(data__msisdn_item, bool):
                        raise JsonSchemaValueException
        if "customerid" in data_keys:
            data_keys.remove("customerid")
            data__customerid = data["customerid"]
            if not isinstance(data__customerid, (str, int, list, tuple)) and not (isinstance(data__customerid, float) and data__customerid.is_integer()) or isinstance(data__customerid, bool):
                raise JsonSchemaValueException
            data__customerid_is_list = isinstance(data__customerid, (list, tuple))
            if data__customerid_is_list:
                data__customerid_len = len(data__customerid)
                for data__customerid_x, data__customerid_item in enumerate(data__customerid):
                    if not isinstance(data__customerid_item, (str, int)) and not (isinstance(data__customerid_item, float) and data__customerid_item.is_integer()) or isinstance(data__customerid_item, bool):
                        raise JsonSchemaValueException
        if "userid" in data_keys:
            data_keys.remove("userid")
            data__userid = data["userid"]
            if not isinstance(data__userid, (str, int, list, tuple)) and not (isinstance(data__userid, float) and data__userid.is_integer()) or isinstance(data__userid, bool):
                raise JsonSchemaValueException
            data__userid_is_list = isinstance(data__userid, (list, tuple))
            if data__userid_is_list:
                data__userid_len = len(data__userid)
                for data__userid_x, data__userid_item in enumerate(data__userid):
                    if not isinstance(data__userid_item, (str, int)) and not (isinstance(data__userid_item, float) and data__userid_item.is_integer()) or isinstance(data__userid_item, bool):
                        raise JsonSchemaValueException
        if "android_pushid" in data_keys:
            data_keys.remove("android_pushid")
            data__androidpushid = data["android_pushid"]
            if not isinstance(data__androidpushid, (str, int, list, tuple)) and not (isinstance(data__androidpushid, float) and data__androidpushid.is_integer()) or isinstance(data__androidpushid, bool):
                raise JsonSchemaValueException
            data__androidpushid_is_list = isinstance(data__androidpushid, (list, tuple))
            if data__androidpushid_is_list:
                data__androidpushid_len = len(data__androidpushid)
                for data__androidpushid_x, data__androidpushid_item in enumerate(data__androidpushid):
                    if not isinstance(data__androidpushid_item, (str, int)) and not (isinstance(data__androidpushid_item, float) and data__androidpushid_item.is_integer()) or isinstance(data__androidpushid_item, bool):
                        raise JsonSchemaValueException
        if "ios_pushid" in data_keys:
            data_keys.remove("ios_pushid")
            data__iospushid = data["ios_pushid"]
            if not isinstance(data__iospushid, (str, int, list, tuple)) and not (isinstance(data__iospushid, float) and data__iospushid.is_integer()) or isinstance(data__iospushid, bool):
                raise JsonSchemaValueException
            data__iospushid_is_list = isinstance(data__iospushid, (list, tuple))
            if data__iospushid_is_list:
                data__iospushid_len = len(data__iospushid)
                for data__iospushid_x, data__iospushid_item in enumerate(data__iospushid):
                    if not isinstance(data__iospushid_item, (str, int)) and not (isinstance(data__iospushid_item, float) and data__iospushid_item.is_integer()) or isinstance(data__iospushid_item, bool):
                        raise JsonSchemaValueException
        if "hms_pushid" in data_keys:
            data_keys.remove("hms_pushid")
            data__hmspushid = data["hms_pushid"]
            if not isinstance(data__hmspushid, (str, int, list, tuple)) and not (isinstance(data__hmspushid, float) and data__hmspushid.is_integer()) or isinstance(data__hmspushid, bool):
                raise JsonSchemaValueException
            data__hmspushid_is_list = isinstance(data__hmspushid, (list, tuple))
            if data__hmspushid_is_list:
                data__hmspushid_len = len(data__hmspushid)
                for data__hmspushid_x, data__hmspushid_item in enumerate(data__hmspushid):
                    if not isinstance(data__hmspushid_item, (str, int)) and not (isinstance(data__hmspushid_item, float) and data__hmspushid_item.is_integer()) or isinstance(data__hmspushid_item, bool):
                        raise JsonSchemaValueException
        if "chrome_pushid" in data_keys:
            data_keys.remove("chrome_pushid")
            data__chromepushid = data["chrome_pushid"]
            if not isinstance(data__chromepushid, (str, int, list, tuple)) and not (isinstance(data__chromepushid, float) and data__chromepushid.is_integer()) or isinstance(data__chromepushid, bool):
                raise JsonSchemaValueException
            data__chromepushid_is_list = isinstance(data__chromepushid, (list, tuple))
            if data__chromepushid_is_list:
                data__chromepushid_len = len(data__chromepushid)
                for data__chromepushid_x, data__chromepushid_item in enumerate(data__chromepushid):
                    if not isinstance(data__chromepushid_item, (str, int)) and not (isinstance(data__chromepushid_item, float) and data__chromepushid_item.is_integer()) or isinstance(data__chromepushid_item, bool):
                        raise JsonSchemaValueException
        if "firefox_pushid" in data_keys:
            data_keys.remove("firefox_pushid")
            data__firefoxpushid = data["firefox_pushid"]
            if not isinstance(data__firefoxpushid, (str, int, list, tuple)) and not (isinstance(data__firefoxpushid, float) and data__firefoxpushid.is_integer()) or isinstance(data__firefoxpushid, bool):
                raise JsonSchemaValueException
            data__firefoxpushid_is_list = isinstance(data__firefoxpushid, (list, tuple))
            if data__firefoxpushid_is_list:
                data__firefoxpushid_len = len(data__firefoxpushid)
                for data__firefoxpushid_x, data__firefoxpushid_item in enumerate(data__firefoxpushid):
                    if not isinstance(data__firefoxpushid_item, (str, int)) and not (isinstance(data__firefoxpushid_item, float) and data__firefoxpushid_item.is_integer()) or isinstance(data__firefoxpushid_item, bool):
                        raise JsonSchemaValueException
        if "safari_pushid" in data_keys:
            data_keys.remove("safari_pushid")
            data__safaripushid = data["safari_pushid"]
            if not isinstance(data__safaripushid, (str, int, list, tuple)) and not (isinstance(data__safaripushid, float) and data__safaripushid.is_integer()) or isinstance(data__safaripushid, bool):
                raise JsonSchemaValueException
            data__safaripushid_is_list = isinstance(data__safaripushid, (list, tuple))
            if data__safaripushid_is_list:
                data__safaripushid_len = len(data__safaripushid)
                for data__safaripushid_x, data__safaripushid_item in enumerate(data__safaripushid):
                    if not isinstance(data__safaripushid_item, (str, int)) and not (isinstance(data__safaripushid_item, float) and data__safaripushid_item.is_integer()) or isinstance(data__safaripushid_item, bool):
                        raise JsonSchemaValueException
        if "psid" in data_keys:
            data_keys.remove("psid")
            data__psid = data["psid"]
            if not isinstance(data__psid, (str, int, list, tuple)) and not (isinstance(data__psid, float) and data__psid.is_integer()) or isinstance(data__psid, bool):
                raise JsonSchemaValueException
            data__psid_is_list = isinstance(data__psid, (list, tuple))
            if data__psid_is_list:
                data__psid_len = len(data__psid)
                for data__psid_x, data__psid_item in enumerate(data__psid):
                    if not isinstance(data__psid_item, (str, int)) and not (isinstance(data__psid_item, float) and data__psid_item.is_integer()) or isinstance(data__psid_item, bool):
                        raise JsonSchemaValueException
        if "twitterid" in data_keys:
            data_keys.remove("twitterid")
            data__twitterid = data["twitterid"]
            if not isinstance(data__twitterid, (str, int, list, tuple)) and not (isinstance(data__twitterid, float) and data__twitterid.is_integer()) or isinstance(data__twitterid, bool):
                raise JsonSchemaValueException
            data__twitterid_is_list = isinstance(data__twitterid, (list, tuple))
            if data__twitterid_is_list:
                data__twitterid_len = len(data__twitterid)
                for data__twitterid_x, data__twitterid_item in enumerate(data__twitterid):
                    if not isinstance(data__twitterid_item, (str, int)) and not (isinstance(data__twitterid_item, float) and data__twitterid_item.is_integer()) or isinstance(data__twitterid_item, bool):
                        raise JsonSchemaValueException
        if "wechatID" in data_keys:
            data_keys.remove("wechatID")
            data__wechatID = data["wechatID"]
            if not isinstance(data__wechatID, (str, int, list, tuple)) and not (isinstance(data__wechatID, float) and data__wechatID.is_integer()) or isinstance(data__wechatID, bool):
                raise JsonSchemaValueException
            data__wechatID_is_list = isinstance(data__wechatID, (list, tuple))
            if data__wechatID_is_list:
                data__wechatID_len = len(data__wechatID)
                for data__wechatID_x, data__wechatID_item in enumerate(data__wechatID):
                    if not isinstance(data__wechatID_item, (str, int)) and not (isinstance(data__wechatID_item, float) and data__wechatID_item.is_integer()) or isinstance(data__wechatID_item, bool):
                        raise JsonSchemaValueException
        if "wechatid" in data_keys:
            data_keys.remove("wechatid")
            data__wechatid = data["wechatid"]
            if not isinstance(data__wechatid, (str, int, list, tuple)) and not (isinstance(data__wechatid, float) and data__wechatid.is_integer()) or isinstance(data__wechatid, bool):
                raise JsonSchemaValueException
            data__wechatid_is_list = isinstance(data__wechatid, (list, tuple))
            if data__wechatid_is_list:
                data__wechatid_len = len(data__wechatid)
                for data__wechatid_x, data__wechatid_item in enumerate(data__wechatid):
                    if not isinstance(data__wechatid_item, (str, int)) and not (isinstance(data__wechatid_item, float) and data__wechatid_item.is_integer()) or isinstance(data__wechatid_item, bool):
                        raise JsonSchemaValueException
        if "correlationid" in data_keys:
            data_keys.remove("correlationid")
            data__correlationid = data["correlationid"]
            if not isinstance(data__correlationid, (str, int)) and not (isinstance(data__correlationid, float) and data__correlationid.is_integer()) or isinstance(data__correlationid, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_recipients(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "from" in data_keys:
            data_keys.remove("from")
            data__from = data["from"]
            if not isinstance(data__from, (str)):
                raise JsonSchemaValueException
            if isinstance(data__from, str):
                if not REGEX_PATTERNS['\\.([cC][sS][vV]|[jJ][sS][oO][nN][lL]|[nN][dD][jJ][sS][oO][nN]|[pP][aA][rR][qQ][uU][eE][tT])$'].search(data__from):
                    raise JsonSchemaValueException
        if "with" in data_keys:
            data_keys.remove("with")
            data__with = data["with"]
            if not isinstance(data__with, (dict)):
                raise JsonSchemaValueException
            data__with_is_dict = isinstance(data__with, dict)
            if data__with_is_dict:
                data__with_keys = set(data__with.keys())
        if "msisdn" in data_keys:
            data_keys.remove("msisdn")
            data__msisdn = data["msisdn"]
            if not isinstance(data__msisdn, (str, int)) and not (isinstance(data__msisdn, float) and data__msisdn.is_integer()) or isinstance(data__msisdn, bool):
                raise JsonSchemaValueException
        if "customerid" in data_keys:
            data_keys.remove("customerid")
            data__customerid = data["customerid"]
            if not isinstance(data__customerid, (str, int)) and not (isinstance(data__customerid, float) and data__customerid.is_integer()) or isinstance(data__customerid, bool):
                raise JsonSchemaValueException
        if "userid" in data_keys:
            data_keys.remove("userid")
            data__userid = data["userid"]
            if not isinstance(data__userid, (str, int)) and not (isinstance(data__userid, float) and data__userid.is_integer()) or isinstance(data__userid, bool):
                raise JsonSchemaValueException
        if "android_pushid" in data_keys:
            data_keys.remove("android_pushid")
            data__androidpushid = data["android_pushid"]
            if not isinstance(data__androidpushid, (str, int)) and not (isinstance(data__androidpushid, float) and data__androidpushid.is_integer()) or isinstance(data__androidpushid, bool):
                raise JsonSchemaValueException
        if "ios_pushid" in data_keys:
            data_keys.remove("ios_pushid")
            data__iospushid = data["ios_pushid"]
            if not isinstance(data__iospushid, (str, int)) and not (isinstance(data__iospushid, float) and data__iospushid.is_integer()) or isinstance(data__iospushid, bool):
                raise JsonSchemaValueException
        if "hms_pushid" in data_keys:
            data_keys.remove("hms_pushid")
            data__hmspushid = data["hms_pushid"]
            if not isinstance(data__hmspushid, (str, int)) and not (isinstance(data__hmspushid, float) and data__hmspushid.is_integer()) or isinstance(data__hmspushid, bool):
                raise JsonSchemaValueException
        if "chrome_pushid" in data_keys:
            data_keys.remove("chrome_pushid")
            data__chromepushid = data["chrome_pushid"]
            if not isinstance(data__chromepushid, (str, int)) and not (isinstance(data__chromepushid, float) and data__chromepushid.is_integer()) or isinstance(data__chromepushid, bool):
                raise JsonSchemaValueException
        if "firefox_pushid" in data_keys:
            data_keys.remove("firefox_pushid")
            data__firefoxpushid = data["firefox_pushid"]
            if not isinstance(data__firefoxpushid, (str, int)) and not (isinstance(data__firefoxpushid, float) and data__firefoxpushid.is_integer()) or isinstance(data__firefoxpushid, bool):
                raise JsonSchemaValueException
        if "safari_pushid" in data_keys:
            data_keys.remove("safari_pushid")
            data__safaripushid = data["safari_pushid"]
            if not isinstance(data__safaripushid, (str, int)) and not (isinstance(data__safaripushid, float) and data__safaripushid.is_integer()) or isinstance(data__safaripushid, bool):
                raise JsonSchemaValueException
        if "psid" in data_keys:
            data_keys.remove("psid")
            data__psid = data["psid"]
            if not isinstance(data__psid, (str, int)) and not (isinstance(data__psid, float) and data__psid.is_integer()) or isinstance(data__psid, bool):
                raise JsonSchemaValueException
        if "twitterid" in data_keys:
            data_keys.remove("twitterid")
            data__twitterid = data["twitterid"]
            if not isinstance(data__twitterid, (str, int)) and not (isinstance(data__twitterid, float) and data__twitterid.is_integer()) or isinstance(data__twitterid, bool):
                raise JsonSchemaValueException
        if "wechatID" in data_keys:
            data_keys.remove("wechatID")
            data__wechatID = data["wechatID"]
            if not isinstance(data__wechatID, (str, int)) and not (isinstance(data__wechatID, float) and data__wechatID.is_integer()) or isinstance(data__wechatID, bool):
                raise JsonSchemaValueException
        if "wechatid" in data_keys:
            data_keys.remove("wechatid")
            data__wechatid = data["wechatid"]
            if not isinstance(data__wechatid, (str, int)) and not (isinstance(data__wechatid, float) and data__wechatid.is_integer()) or isinstance(data__wechatid, bool):
                raise JsonSchemaValueException
        if "correlationid" in data_keys:
            data_keys.remove("correlationid")
            data__correlationid = data["correlationid"]
            if not isinstance(data__correlationid, (str, int)) and not (isinstance(data__correlationid, float) and data__correlationid.is_integer()) or isinstance(data__correlationid, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_smartlinks(data):
    if not isinstance(data, (list, tuple, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_list = isinstance(data, (list, tuple))
    if data_is_list:
        data_len = len(data)
        for data_x, data_item in enumerate(data):
            if not isinstance(data_item, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data_item, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data_item):
                    raise JsonSchemaValueException
            data_item_is_dict = isinstance(data_item, dict)
            if data_item_is_dict:
                data_item__missing_keys = set(['linkid', 'validity']) - data_item.keys()
                if data_item__missing_keys:
                    raise JsonSchemaValueException
                data_item_keys = set(data_item.keys())
                if "linkid" in data_item_keys:
                    data_item_keys.remove("linkid")
                    data_item__linkid = data_item["linkid"]
                    if not isinstance(data_item__linkid, (str, int)) and not (isinstance(data_item__linkid, float) and data_item__linkid.is_integer()) or isinstance(data_item__linkid, bool):
                        raise JsonSchemaValueException
                if "validity" in data_item_keys:
                    data_item_keys.remove("validity")
                    data_item__validity = data_item["validity"]
                    if not isinstance(data_item__validity, (str, int)) and not (isinstance(data_item__validity, float) and data_item__validity.is_integer()) or isinstance(data_item__validity, bool):
                        raise JsonSchemaValueException
                if data_item_keys:
                    raise JsonSchemaValueException
    return data

def validate___definitions_wechat(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "text" in data_keys:
            data_keys.remove("text")
            data__text = data["text"]
            if not isinstance(data__text, (str, int)) and not (isinstance(data__text, float) and data__text.is_integer()) or isinstance(data__text, bool):
                raise JsonSchemaValueException
        if "attachment" in data_keys:
            data_keys.remove("attachment")
            data__attachment = data["attachment"]
            if not isinstance(data__attachment, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__attachment, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__attachment):
                    raise JsonSchemaValueException
            data__attachment_is_dict = isinstance(data__attachment, dict)
            if data__attachment_is_dict:
                data__attachment__missing_keys = set(['type', 'media']) - data__attachment.keys()
                if data__attachment__missing_keys:
                    raise JsonSchemaValueException
                data__attachment_keys = set(data__attachment.keys())
                if "type" in data__attachment_keys:
                    data__attachment_keys.remove("type")
                    data__attachment__type = data__attachment["type"]
                    if not isinstance(data__attachment__type, (str, int)) and not (isinstance(data__attachment__type, float) and data__attachment__type.is_integer()) or isinstance(data__attachment__type, bool):
                        raise JsonSchemaValueException
                    try:
                        if not isinstance(data__attachment__type, (str)):
                            raise JsonSchemaValueException
                        if isinstance(data__attachment__type, str):
                            if not REGEX_PATTERNS['\\{[{%#]'].search(data__attachment__type):
                                raise JsonSchemaValueException
                    except (JsonSchemaValueException, JsonSchemaValuesException):
                        if not (isinstance(data__attachment__type, str) and data__attachment__type == 'media'):
                            raise JsonSchemaValueException
                    else:
                        pass
                if "media" in data__attachment_keys:
                    data__attachment_keys.remove("media")
                    data__attachment__media = data__attachment["media"]
                    if not isinstance(data__attachment__media, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__attachment__media, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__attachment__media):
                            raise JsonSchemaValueException
                    data__attachment__media_is_dict = isinstance(data__attachment__media, dict)
                    if data__attachment__media_is_dict:
                        data__attachment__media__missing_keys = set(['id']) - data__attachment__media.keys()
                        if data__attachment__media__missing_keys:
                            raise JsonSchemaValueException
                        data__attachment__media_keys = set(data__attachment__media.keys())
                        if "id" in data__attachment__media_keys:
                            data__attachment__media_keys.remove("id")
                            data__attachment__media__id = data__attachment__media["id"]
                            if not isinstance(data__attachment__media__id, (str, int)) and not (isinstance(data__attachment__media__id, float) and data__attachment__media__id.is_integer()) or isinstance(data__attachment__media__id, bool):
                                raise JsonSchemaValueException
                        if data__attachment__media_keys:
                            raise JsonSchemaValueException
                if data__attachment_keys:
                    raise JsonSchemaValueException
        if "appid" in data_keys:
            data_keys.remove("appid")
            data__appid = data["appid"]
            if not isinstance(data__appid, (str, int)) and not (isinstance(data__appid, float) and data__appid.is_integer()) or isinstance(data__appid, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_twitter(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "text" in data_keys:
            data_keys.remove("text")
            data__text = data["text"]
            if not isinstance(data__text, (str, int)) and not (isinstance(data__text, float) and data__text.is_integer()) or isinstance(data__text, bool):
                raise JsonSchemaValueException
        if "attachment" in data_keys:
            data_keys.remove("attachment")
            data__attachment = data["attachment"]
            if not isinstance(data__attachment, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__attachment, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__attachment):
                    raise JsonSchemaValueException
            data__attachment_is_dict = isinstance(data__attachment, dict)
            if data__attachment_is_dict:
                data__attachment__missing_keys = set(['type', 'media']) - data__attachment.keys()
                if data__attachment__missing_keys:
                    raise JsonSchemaValueException
                data__attachment_keys = set(data__attachment.keys())
                if "type" in data__attachment_keys:
                    data__attachment_keys.remove("type")
                    data__attachment__type = data__attachment["type"]
                    if not isinstance(data__attachment__type, (str, int)) and not (isinstance(data__attachment__type, float) and data__attachment__type.is_integer()) or isinstance(data__attachment__type, bool):
                        raise JsonSchemaValueException
                    try:
                        if not isinstance(data__attachment__type, (str)):
                            raise JsonSchemaValueException
                        if isinstance(data__attachment__type, str):
                            if not REGEX_PATTERNS['\\{[{%#]'].search(data__attachment__type):
                                raise JsonSchemaValueException
                    except (JsonSchemaValueException, JsonSchemaValuesException):
                        if not (isinstance(data__attachment__type, str) and data__attachment__type == 'media'):
                            raise JsonSchemaValueException
                    else:
                        pass
                if "media" in data__attachment_keys:
                    data__attachment_keys.remove("media")
                    data__attachment__media = data__attachment["media"]
                    if not isinstance(data__attachment__media, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__attachment__media, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__attachment__media):
                            raise JsonSchemaValueException
                    data__attachment__media_is_dict = isinstance(data__attachment__media, dict)
                    if data__attachment__media_is_dict:
                        data__attachment__media__missing_keys = set(['id']) - data__attachment__media.keys()
                        if data__attachment__media__missing_keys:
                            raise JsonSchemaValueException
                        data__attachment__media_keys = set(data__attachment__media.keys())
                        if "id" in data__attachment__media_keys:
                            data__attachment__media_keys.remove("id")
                            data__attachment__media__id = data__attachment__media["id"]
                            if not isinstance(data__attachment__media__id, (str, int)) and not (isinstance(data__attachment__media__id, float) and data__attachment__media__id.is_integer()) or isinstance(data__attachment__media__id, bool):
                                raise JsonSchemaValueException
                        if data__attachment__media_keys:
                            raise JsonSchemaValueException
                if data__attachment_keys:
                    raise JsonSchemaValueException
        if "quick_reply" in data_keys:
            data_keys.remove("quick_reply")
            data__quickreply = data["quick_reply"]
            if not isinstance(data__quickreply, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__quickreply, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__quickreply):
                    raise JsonSchemaValueException
            data__quickreply_is_dict = isinstance(data__quickreply, dict)
            if data__quickreply_is_dict:
                data__quickreply__missing_keys = set(['type', 'options']) - data__quickreply.keys()
                if data__quickreply__missing_keys:
                    raise JsonSchemaValueException
                data__quickreply_keys = set(data__quickreply.keys())
                if "type" in data__quickreply_keys:
                    data__quickreply_keys.remove("type")
                    data__quickreply__type = data__quickreply["type"]
                    if not isinstance(data__quickreply__type, (str, int)) and not (isinstance(data__quickreply__type, float) and data__quickreply__type.is_integer()) or isinstance(data__quickreply__type, bool):
                        raise JsonSchemaValueException
                    try:
                        if not isinstance(data__quickreply__type, (str)):
                            raise JsonSchemaValueException
                        if isinstance(data__quickreply__type, str):
                            if not REGEX_PATTERNS['\\{[{%#]'].search(data__quickreply__type):
                                raise JsonSchemaValueException
                    except (JsonSchemaValueException, JsonSchemaValuesException):
                        if not (isinstance(data__quickreply__type, str) and data__quickreply__type == 'options'):
                            raise JsonSchemaValueException
                    else:
                        pass
                if "options" in data__quickreply_keys:
                    data__quickreply_keys.remove("options")
                    data__quickreply__options = data__quickreply["options"]
                    if not isinstance(data__quickreply__options, (list, tuple, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__quickreply__options, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__quickreply__options):
                            raise JsonSchemaValueException
                    data__quickreply__options_is_list = isinstance(data__quickreply__options, (list, tuple))
                    if data__quickreply__options_is_list:
                        data__quickreply__options_len = len(data__quickreply__options)
                        for data__quickreply__options_x, data__quickreply__options_item in enumerate(data__quickreply__options):
                            if not isinstance(data__quickreply__options_item, (dict, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__quickreply__options_item, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__quickreply__options_item):
                                    raise JsonSchemaValueException
                            data__quickreply__options_item_is_dict = isinstance(data__quickreply__options_item, dict)
                            if data__quickreply__options_item_is_dict:
                                data__quickreply__options_item__missing_keys = set(['label']) - data__quickreply__options_item.keys()
                                if data__quickreply__options_item__missing_keys:
                                    raise JsonSchemaValueException
                                data__quickreply__options_item_keys = set(data__quickreply__options_item.keys())
                                if "label" in data__quickreply__options_item_keys:
                                    data__quickreply__options_item_keys.remove("label")
                                    data__quickreply__options_item__label = data__quickreply__options_item["label"]
                                    if not isinstance(data__quickreply__options_item__label, (str, int)) and not (isinstance(data__quickreply__options_item__label, float) and data__quickreply__options_item__label.is_integer()) or isinstance(data__quickreply__options_item__label, bool):
                                        raise JsonSchemaValueException
                                if "description" in data__quickreply__options_item_keys:
                                    data__quickreply__options_item_keys.remove("description")
                                    data__quickreply__options_item__description = data__quickreply__options_item["description"]
                                    if not isinstance(data__quickreply__options_item__description, (str, int)) and not (isinstance(data__quickreply__options_item__description, float) and data__quickreply__options_item__description.is_integer()) or isinstance(data__quickreply__options_item__description, bool):
                                        raise JsonSchemaValueException
                                if "metadata" in data__quickreply__options_item_keys:
                                    data__quickreply__options_item_keys.remove("metadata")
                                    data__quickreply__options_item__metadata = data__quickreply__options_item["metadata"]
                                    if not isinstance(data__quickreply__options_item__metadata, (str, int)) and not (isinstance(data__quickreply__options_item__metadata, float) and data__quickreply__options_item__metadata.is_integer()) or isinstance(data__quickreply__options_item__metadata, bool):
                                        raise JsonSchemaValueException
                                if data__quickreply__options_item_keys:
                                    raise JsonSchemaValueException
                if data__quickreply_keys:
                    raise JsonSchemaValueException
        if "appid" in data_keys:
            data_keys.remove("appid")
            data__appid = data["appid"]
            if not isinstance(data__appid, (str, int)) and not (isinstance(data__appid, float) and data__appid.is_integer()) or isinstance(data__appid, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_fb(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "text" in data_keys:
            data_keys.remove("text")
            data__text = data["text"]
            if not isinstance(data__text, (str, int)) and not (isinstance(data__text, float) and data__text.is_integer()) or isinstance(data__text, bool):
                raise JsonSchemaValueException
        if "attachment" in data_keys:
            data_keys.remove("attachment")
            data__attachment = data["attachment"]
            validate___definitions_fb_attachment(data__attachment)
        if "quick_replies" in data_keys:
            data_keys.remove("quick_replies")
            data__quickreplies = data["quick_replies"]
            if not isinstance(data__quickreplies, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__quickreplies, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__quickreplies):
                    raise JsonSchemaValueException
            data__quickreplies_is_list = isinstance(data__quickreplies, (list, tuple))
            if data__quickreplies_is_list:
                data__quickreplies_len = len(data__quickreplies)
                for data__quickreplies_x, data__quickreplies_item in enumerate(data__quickreplies):
                    validate___definitions_fb_quick_reply(data__quickreplies_item)
        if "sender_action" in data_keys:
            data_keys.remove("sender_action")
            data__senderaction = data["sender_action"]
            if not isinstance(data__senderaction, (str, int)) and not (isinstance(data__senderaction, float) and data__senderaction.is_integer()) or isinstance(data__senderaction, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__senderaction, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__senderaction, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__senderaction):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__senderaction, str) and data__senderaction == 'mark_seen' or isinstance(data__senderaction, str) and data__senderaction == 'typing_on' or isinstance(data__senderaction, str) and data__senderaction == 'typing_off' or isinstance(data__senderaction, str) and data__senderaction == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "notification_type" in data_keys:
            data_keys.remove("notification_type")
            data__notificationtype = data["notification_type"]
            if not isinstance(data__notificationtype, (str, int)) and not (isinstance(data__notificationtype, float) and data__notificationtype.is_integer()) or isinstance(data__notificationtype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__notificationtype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__notificationtype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__notificationtype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__notificationtype, str) and data__notificationtype == 'REGULAR' or isinstance(data__notificationtype, str) and data__notificationtype == 'SILENT_PUSH' or isinstance(data__notificationtype, str) and data__notificationtype == 'NO_PUSH' or isinstance(data__notificationtype, str) and data__notificationtype == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "messaging_type" in data_keys:
            data_keys.remove("messaging_type")
            data__messagingtype = data["messaging_type"]
            if not isinstance(data__messagingtype, (str, int)) and not (isinstance(data__messagingtype, float) and data__messagingtype.is_integer()) or isinstance(data__messagingtype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__messagingtype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__messagingtype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__messagingtype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__messagingtype, str) and data__messagingtype == 'RESPONSE' or isinstance(data__messagingtype, str) and data__messagingtype == 'UPDATE' or isinstance(data__messagingtype, str) and data__messagingtype == 'MESSAGE_TAG' or isinstance(data__messagingtype, str) and data__messagingtype == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "tag" in data_keys:
            data_keys.remove("tag")
            data__tag = data["tag"]
            if not isinstance(data__tag, (str, int)) and not (isinstance(data__tag, float) and data__tag.is_integer()) or isinstance(data__tag, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__tag, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__tag, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__tag):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__tag, str) and data__tag == 'HUMAN_AGENT' or isinstance(data__tag, str) and data__tag == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str, int)) and not (isinstance(data__type, float) and data__type.is_integer()) or isinstance(data__type, bool):
                raise JsonSchemaValueException
        if "appid" in data_keys:
            data_keys.remove("appid")
            data__appid = data["appid"]
            if not isinstance(data__appid, (str, int)) and not (isinstance(data__appid, float) and data__appid.is_integer()) or isinstance(data__appid, bool):
                raise JsonSchemaValueException
        if "smartlinks" in data_keys:
            data_keys.remove("smartlinks")
            data__smartlinks = data["smartlinks"]
            validate___definitions_smartlinks(data__smartlinks)
        if data_keys:
            raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['messaging_type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "messaging_type" in data_keys:
                data_keys.remove("messaging_type")
                data__messagingtype = data["messaging_type"]
                if not (isinstance(data__messagingtype, str) and data__messagingtype == 'MESSAGE_TAG'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['tag']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    return data

def validate___definitions_fb_quick_reply(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['content_type']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "content_type" in data_keys:
            data_keys.remove("content_type")
            data__contenttype = data["content_type"]
            if not isinstance(data__contenttype, (str, int)) and not (isinstance(data__contenttype, float) and data__contenttype.is_integer()) or isinstance(data__contenttype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__contenttype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__contenttype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__contenttype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__contenttype, str) and data__contenttype == 'text' or isinstance(data__contenttype, str) and data__contenttype == 'location'):
                    raise JsonSchemaValueException
            else:
                pass
        if "title" in data_keys:
            data_keys.remove("title")
            data__title = data["title"]
            if not isinstance(data__title, (str, int)) and not (isinstance(data__title, float) and data__title.is_integer()) or isinstance(data__title, bool):
                raise JsonSchemaValueException
        if "payload" in data_keys:
            data_keys.remove("payload")
            data__payload = data["payload"]
            if not isinstance(data__payload, (str, int)) and not (isinstance(data__payload, float) and data__payload.is_integer()) or isinstance(data__payload, bool):
                raise JsonSchemaValueException
        if "image_url" in data_keys:
            data_keys.remove("image_url")
            data__imageurl = data["image_url"]
            if not isinstance(data__imageurl, (str, int)) and not (isinstance(data__imageurl, float) and data__imageurl.is_integer()) or isinstance(data__imageurl, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['content_type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "content_type" in data_keys:
                data_keys.remove("content_type")
                data__contenttype = data["content_type"]
                if not (isinstance(data__contenttype, str) and data__contenttype == 'text'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['title', 'payload']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    return data

def validate___definitions_fb_attachment(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "type" in data_keys:
                data_keys.remove("type")
                data__type = data["type"]
                if not (isinstance(data__type, str) and data__type == 'image' or isinstance(data__type, str) and data__type == 'audio' or isinstance(data__type, str) and data__type == 'video' or isinstance(data__type, str) and data__type == 'file'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "payload" in data_keys:
                data_keys.remove("payload")
                data__payload = data["payload"]
                validate___definitions_fb_media(data__payload)
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "type" in data_keys:
                data_keys.remove("type")
                data__type = data["type"]
                if not (isinstance(data__type, str) and data__type == 'template'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data_keys = set(data.keys())
            if "payload" in data_keys:
                data_keys.remove("payload")
                data__payload = data["payload"]
                validate___definitions_fb_template(data__payload)
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['type', 'payload']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str, int)) and not (isinstance(data__type, float) and data__type.is_integer()) or isinstance(data__type, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__type, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__type, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__type):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__type, str) and data__type == 'image' or isinstance(data__type, str) and data__type == 'audio' or isinstance(data__type, str) and data__type == 'video' or isinstance(data__type, str) and data__type == 'file' or isinstance(data__type, str) and data__type == 'template'):
                    raise JsonSchemaValueException
            else:
                pass
        if "payload" in data_keys:
            data_keys.remove("payload")
            data__payload = data["payload"]
            if not isinstance(data__payload, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__payload, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__payload):
                    raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_fb_template(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['template_type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "template_type" in data_keys:
                data_keys.remove("template_type")
                data__templatetype = data["template_type"]
                if not (isinstance(data__templatetype, str) and data__templatetype == 'generic'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        validate___definitions_fb_generic_template(data)
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['template_type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "template_type" in data_keys:
                data_keys.remove("template_type")
                data__templatetype = data["template_type"]
                if not (isinstance(data__templatetype, str) and data__templatetype == 'button'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        validate___definitions_fb_button_template(data)
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['template_type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "template_type" in data_keys:
                data_keys.remove("template_type")
                data__templatetype = data["template_type"]
                if not (isinstance(data__templatetype, str) and data__templatetype == 'receipt'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        validate___definitions_fb_receipt_template(data)
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['template_type']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "template_type" in data_keys:
            data_keys.remove("template_type")
            data__templatetype = data["template_type"]
            if not isinstance(data__templatetype, (str, int)) and not (isinstance(data__templatetype, float) and data__templatetype.is_integer()) or isinstance(data__templatetype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__templatetype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__templatetype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__templatetype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__templatetype, str) and data__templatetype == 'generic' or isinstance(data__templatetype, str) and data__templatetype == 'button' or isinstance(data__templatetype, str) and data__templatetype == 'receipt'):
                    raise JsonSchemaValueException
            else:
                pass
    return data

def validate___definitions_fb_receipt_template(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['recipient_name', 'order_number', 'currency', 'payment_method', 'elements', 'summary']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "template_type" in data_keys:
            data_keys.remove("template_type")
            data__templatetype = data["template_type"]
            if not isinstance(data__templatetype, (str, int)) and not (isinstance(data__templatetype, float) and data__templatetype.is_integer()) or isinstance(data__templatetype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__templatetype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__templatetype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__templatetype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__templatetype, str) and data__templatetype == 'receipt'):
                    raise JsonSchemaValueException
            else:
                pass
        if "recipient_name" in data_keys:
            data_keys.remove("recipient_name")
            data__recipientname = data["recipient_name"]
            if not isinstance(data__recipientname, (str, int)) and not (isinstance(data__recipientname, float) and data__recipientname.is_integer()) or isinstance(data__recipientname, bool):
                raise JsonSchemaValueException
        if "order_number" in data_keys:
            data_keys.remove("order_number")
            data__ordernumber = data["order_number"]
            if not isinstance(data__ordernumber, (str, int)) and not (isinstance(data__ordernumber, float) and data__ordernumber.is_integer()) or isinstance(data__ordernumber, bool):
                raise JsonSchemaValueException
        if "currency" in data_keys:
            data_keys.remove("currency")
            data__currency = data["currency"]
            if not isinstance(data__currency, (str, int)) and not (isinstance(data__currency, float) and data__currency.is_integer()) or isinstance(data__currency, bool):
                raise JsonSchemaValueException
        if "payment_method" in data_keys:
            data_keys.remove("payment_method")
            data__paymentmethod = data["payment_method"]
            if not isinstance(data__paymentmethod, (str, int)) and not (isinstance(data__paymentmethod, float) and data__paymentmethod.is_integer()) or isinstance(data__paymentmethod, bool):
                raise JsonSchemaValueException
        if "timestamp" in data_keys:
            data_keys.remove("timestamp")
            data__timestamp = data["timestamp"]
            if not isinstance(data__timestamp, (str, int)) and not (isinstance(data__timestamp, float) and data__timestamp.is_integer()) or isinstance(data__timestamp, bool):
                raise JsonSchemaValueException
        if "order_url" in data_keys:
            data_keys.remove("order_url")
            data__orderurl = data["order_url"]
            if not isinstance(data__orderurl, (str, int)) and not (isinstance(data__orderurl, float) and data__orderurl.is_integer()) or isinstance(data__orderurl, bool):
                raise JsonSchemaValueException
        if "elements" in data_keys:
            data_keys.remove("elements")
            data__elements = data["elements"]
            if not isinstance(data__elements, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__elements, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements):
                    raise JsonSchemaValueException
            data__elements_is_list = isinstance(data__elements, (list, tuple))
            if data__elements_is_list:
                data__elements_len = len(data__elements)
                for data__elements_x, data__elements_item in enumerate(data__elements):
                    if not isinstance(data__elements_item, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__elements_item, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item):
                            raise JsonSchemaValueException
                    data__elements_item_is_dict = isinstance(data__elements_item, dict)
                    if data__elements_item_is_dict:
                        data__elements_item__missing_keys = set(['title']) - data__elements_item.keys()
                        if data__elements_item__missing_keys:
                            raise JsonSchemaValueException
                        data__elements_item_keys = set(data__elements_item.keys())
                        if "title" in data__elements_item_keys:
                            data__elements_item_keys.remove("title")
                            data__elements_item__title = data__elements_item["title"]
                            if not isinstance(data__elements_item__title, (str, int)) and not (isinstance(data__elements_item__title, float) and data__elements_item__title.is_integer()) or isinstance(data__elements_item__title, bool):
                                raise JsonSchemaValueException
                        if "subtitle" in data__elements_item_keys:
                            data__elements_item_keys.remove("subtitle")
                            data__elements_item__subtitle = data__elements_item["subtitle"]
                            if not isinstance(data__elements_item__subtitle, (str, int)) and not (isinstance(data__elements_item__subtitle, float) and data__elements_item__subtitle.is_integer()) or isinstance(data__elements_item__subtitle, bool):
                                raise JsonSchemaValueException
                        if "quantity" in data__elements_item_keys:
                            data__elements_item_keys.remove("quantity")
                            data__elements_item__quantity = data__elements_item["quantity"]
                            if not isinstance(data__elements_item__quantity, (int, str)) and not (isinstance(data__elements_item__quantity, float) and data__elements_item__quantity.is_integer()) or isinstance(data__elements_item__quantity, bool):
                                raise JsonSchemaValueException
                            if isinstance(data__elements_item__quantity, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item__quantity):
                                    raise JsonSchemaValueException
                        if "price" in data__elements_item_keys:
                            data__elements_item_keys.remove("price")
                            data__elements_item__price = data__elements_item["price"]
                            if not isinstance(data__elements_item__price, (int, float, str)) or isinstance(data__elements_item__price, bool):
                                raise JsonSchemaValueException
                            if isinstance(data__elements_item__price, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item__price):
                                    raise JsonSchemaValueException
                        if "currency" in data__elements_item_keys:
                            data__elements_item_keys.remove("currency")
                            data__elements_item__currency = data__elements_item["currency"]
                            if not isinstance(data__elements_item__currency, (str, int)) and not (isinstance(data__elements_item__currency, float) and data__elements_item__currency.is_integer()) or isinstance(data__elements_item__currency, bool):
                                raise JsonSchemaValueException
                        if "image_url" in data__elements_item_keys:
                            data__elements_item_keys.remove("image_url")
                            data__elements_item__imageurl = data__elements_item["image_url"]
                            if not isinstance(data__elements_item__imageurl, (str, int)) and not (isinstance(data__elements_item__imageurl, float) and data__elements_item__imageurl.is_integer()) or isinstance(data__elements_item__imageurl, bool):
                                raise JsonSchemaValueException
                        if data__elements_item_keys:
                            raise JsonSchemaValueException
        if "address" in data_keys:
            data_keys.remove("address")
            data__address = data["address"]
            if not isinstance(data__address, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__address, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__address):
                    raise JsonSchemaValueException
            data__address_is_dict = isinstance(data__address, dict)
            if data__address_is_dict:
                data__address__missing_keys = set(['street_1', 'city', 'postal_code', 'state', 'country']) - data__address.keys()
                if data__address__missing_keys:
                    raise JsonSchemaValueException
                data__address_keys = set(data__address.keys())
                if "street_1" in data__address_keys:
                    data__address_keys.remove("street_1")
                    data__address__street1 = data__address["street_1"]
                    if not isinstance(data__address__street1, (str, int)) and not (isinstance(data__address__street1, float) and data__address__street1.is_integer()) or isinstance(data__address__street1, bool):
                        raise JsonSchemaValueException
                if "street_2" in data__address_keys:
                    data__address_keys.remove("street_2")
                    data__address__street2 = data__address["street_2"]
                    if not isinstance(data__address__street2, (str, int)) and not (isinstance(data__address__street2, float) and data__address__street2.is_integer()) or isinstance(data__address__street2, bool):
                        raise JsonSchemaValueException
                if "city" in data__address_keys:
                    data__address_keys.remove("city")
                    data__address__city = data__address["city"]
                    if not isinstance(data__address__city, (str, int)) and not (isinstance(data__address__city, float) and data__address__city.is_integer()) or isinstance(data__address__city, bool):
                        raise JsonSchemaValueException
                if "postal_code" in data__address_keys:
                    data__address_keys.remove("postal_code")
                    data__address__postalcode = data__address["postal_code"]
                    if not isinstance(data__address__postalcode, (str, int)) and not (isinstance(data__address__postalcode, float) and data__address__postalcode.is_integer()) or isinstance(data__address__postalcode, bool):
                        raise JsonSchemaValueException
                if "state" in data__address_keys:
                    data__address_keys.remove("state")
                    data__address__state = data__address["state"]
                    if not isinstance(data__address__state, (str, int)) and not (isinstance(data__address__state, float) and data__address__state.is_integer()) or isinstance(data__address__state, bool):
                        raise JsonSchemaValueException
                if "country" in data__address_keys:
                    data__address_keys.remove("country")
                    data__address__country = data__address["country"]
                    if not isinstance(data__address__country, (str, int)) and not (isinstance(data__address__country, float) and data__address__country.is_integer()) or isinstance(data__address__country, bool):
                        raise JsonSchemaValueException
                if data__address_keys:
                    raise JsonSchemaValueException
        if "summary" in data_keys:
            data_keys.remove("summary")
            data__summary = data["summary"]
            if not isinstance(data__summary, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__summary, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__summary):
                    raise JsonSchemaValueException
            data__summary_is_dict = isinstance(data__summary, dict)
            if data__summary_is_dict:
                data__summary_keys = set(data__summary.keys())
                if "subtotal" in data__summary_keys:
                    data__summary_keys.remove("subtotal")
                    data__summary__subtotal = data__summary["subtotal"]
                    if not isinstance(data__summary__subtotal, (int, float, str)) or isinstance(data__summary__subtotal, bool):
                        raise JsonSchemaValueException
                    if isinstance(data__summary__subtotal, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__summary__subtotal):
                            raise JsonSchemaValueException
                if "shipping_cost" in data__summary_keys:
                    data__summary_keys.remove("shipping_cost")
                    data__summary__shippingcost = data__summary["shipping_cost"]
                    if not isinstance(data__summary__shippingcost, (int, float, str)) or isinstance(data__summary__shippingcost, bool):
                        raise JsonSchemaValueException
                    if isinstance(data__summary__shippingcost, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__summary__shippingcost):
                            raise JsonSchemaValueException
                if "total_tax" in data__summary_keys:
                    data__summary_keys.remove("total_tax")
                    data__summary__totaltax = data__summary["total_tax"]
                    if not isinstance(data__summary__totaltax, (int, float, str)) or isinstance(data__summary__totaltax, bool):
                        raise JsonSchemaValueException
                    if isinstance(data__summary__totaltax, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__summary__totaltax):
                            raise JsonSchemaValueException
                if "total_cost" in data__summary_keys:
                    data__summary_keys.remove("total_cost")
                    data__summary__totalcost = data__summary["total_cost"]
                    if not isinstance(data__summary__totalcost, (int, float, str)) or isinstance(data__summary__totalcost, bool):
                        raise JsonSchemaValueException
                    if isinstance(data__summary__totalcost, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__summary__totalcost):
                            raise JsonSchemaValueException
                if data__summary_keys:
                    raise JsonSchemaValueException
        if "adjustments" in data_keys:
            data_keys.remove("adjustments")
            data__adjustments = data["adjustments"]
            if not isinstance(data__adjustments, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__adjustments, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__adjustments):
                    raise JsonSchemaValueException
            data__adjustments_is_list = isinstance(data__adjustments, (list, tuple))
            if data__adjustments_is_list:
                data__adjustments_len = len(data__adjustments)
                for data__adjustments_x, data__adjustments_item in enumerate(data__adjustments):
                    if not isinstance(data__adjustments_item, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__adjustments_item, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__adjustments_item):
                            raise JsonSchemaValueException
                    data__adjustments_item_is_dict = isinstance(data__adjustments_item, dict)
                    if data__adjustments_item_is_dict:
                        data__adjustments_item_keys = set(data__adjustments_item.keys())
                        if "name" in data__adjustments_item_keys:
                            data__adjustments_item_keys.remove("name")
                            data__adjustments_item__name = data__adjustments_item["name"]
                            if not isinstance(data__adjustments_item__name, (str, int)) and not (isinstance(data__adjustments_item__name, float) and data__adjustments_item__name.is_integer()) or isinstance(data__adjustments_item__name, bool):
                                raise JsonSchemaValueException
                        if "amount" in data__adjustments_item_keys:
                            data__adjustments_item_keys.remove("amount")
                            data__adjustments_item__amount = data__adjustments_item["amount"]
                            if not isinstance(data__adjustments_item__amount, (int, float, str)) or isinstance(data__adjustments_item__amount, bool):
                                raise JsonSchemaValueException
                            if isinstance(data__adjustments_item__amount, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__adjustments_item__amount):
                                    raise JsonSchemaValueException
                        if data__adjustments_item_keys:
                            raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_fb_button_template(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['text', 'buttons']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "template_type" in data_keys:
            data_keys.remove("template_type")
            data__templatetype = data["template_type"]
            if not isinstance(data__templatetype, (str, int)) and not (isinstance(data__templatetype, float) and data__templatetype.is_integer()) or isinstance(data__templatetype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__templatetype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__templatetype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__templatetype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__templatetype, str) and data__templatetype == 'button'):
                    raise JsonSchemaValueException
            else:
                pass
        if "text" in data_keys:
            data_keys.remove("text")
            data__text = data["text"]
            if not isinstance(data__text, (str, int)) and not (isinstance(data__text, float) and data__text.is_integer()) or isinstance(data__text, bool):
                raise JsonSchemaValueException
        if "buttons" in data_keys:
            data_keys.remove("buttons")
            data__buttons = data["buttons"]
            if not isinstance(data__buttons, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__buttons, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__buttons):
                    raise JsonSchemaValueException
            data__buttons_is_list = isinstance(data__buttons, (list, tuple))
            if data__buttons_is_list:
                data__buttons_len = len(data__buttons)
                for data__buttons_x, data__buttons_item in enumerate(data__buttons):
                    validate___definitions_fb_button(data__buttons_item)
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_fb_button(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "type" in data_keys:
                data_keys.remove("type")
                data__type = data["type"]
                if not (isinstance(data__type, str) and data__type == 'web_url'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['url']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "type" in data_keys:
                data_keys.remove("type")
                data__type = data["type"]
                if not (isinstance(data__type, str) and data__type == 'postback'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['payload']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['type', 'title']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str, int)) and not (isinstance(data__type, float) and data__type.is_integer()) or isinstance(data__type, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__type, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__type, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__type):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__type, str) and data__type == 'web_url' or isinstance(data__type, str) and data__type == 'postback'):
                    raise JsonSchemaValueException
            else:
                pass
        if "title" in data_keys:
            data_keys.remove("title")
            data__title = data["title"]
            if not isinstance(data__title, (str, int)) and not (isinstance(data__title, float) and data__title.is_integer()) or isinstance(data__title, bool):
                raise JsonSchemaValueException
        if "url" in data_keys:
            data_keys.remove("url")
            data__url = data["url"]
            if not isinstance(data__url, (str, int)) and not (isinstance(data__url, float) and data__url.is_integer()) or isinstance(data__url, bool):
                raise JsonSchemaValueException
        if "payload" in data_keys:
            data_keys.remove("payload")
            data__payload = data["payload"]
            if not isinstance(data__payload, (str, int)) and not (isinstance(data__payload, float) and data__payload.is_integer()) or isinstance(data__payload, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_fb_generic_template(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['elements']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "template_type" in data_keys:
            data_keys.remove("template_type")
            data__templatetype = data["template_type"]
            if not isinstance(data__templatetype, (str, int)) and not (isinstance(data__templatetype, float) and data__templatetype.is_integer()) or isinstance(data__templatetype, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__templatetype, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__templatetype, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__templatetype):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__templatetype, str) and data__templatetype == 'generic'):
                    raise JsonSchemaValueException
            else:
                pass
        if "elements" in data_keys:
            data_keys.remove("elements")
            data__elements = data["elements"]
            if not isinstance(data__elements, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__elements, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements):
                    raise JsonSchemaValueException
            data__elements_is_list = isinstance(data__elements, (list, tuple))
            if data__elements_is_list:
                data__elements_len = len(data__elements)
                for data__elements_x, data__elements_item in enumerate(data__elements):
                    if not isinstance(data__elements_item, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__elements_item, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item):
                            raise JsonSchemaValueException
                    data__elements_item_is_dict = isinstance(data__elements_item, dict)
                    if data__elements_item_is_dict:
                        data__elements_item__missing_keys = set(['title']) - data__elements_item.keys()
                        if data__elements_item__missing_keys:
                            raise JsonSchemaValueException
                        data__elements_item_keys = set(data__elements_item.keys())
                        if "title" in data__elements_item_keys:
                            data__elements_item_keys.remove("title")
                            data__elements_item__title = data__elements_item["title"]
                            if not isinstance(data__elements_item__title, (str, int)) and not (isinstance(data__elements_item__title, float) and data__elements_item__title.is_integer()) or isinstance(data__elements_item__title, bool):
                                raise JsonSchemaValueException
                        if "subtitle" in data__elements_item_keys:
                            data__elements_item_keys.remove("subtitle")
                            data__elements_item__subtitle = data__elements_item["subtitle"]
                            if not isinstance(data__elements_item__subtitle, (str, int)) and not (isinstance(data__elements_item__subtitle, float) and data__elements_item__subtitle.is_integer()) or isinstance(data__elements_item__subtitle, bool):
                                raise JsonSchemaValueException
                        if "image_url" in data__elements_item_keys:
                            data__elements_item_keys.remove("image_url")
                            data__elements_item__imageurl = data__elements_item["image_url"]
                            if not isinstance(data__elements_item__imageurl, (str, int)) and not (isinstance(data__elements_item__imageurl, float) and data__elements_item__imageurl.is_integer()) or isinstance(data__elements_item__imageurl, bool):
                                raise JsonSchemaValueException
                        if "item_url" in data__elements_item_keys:
                            data__elements_item_keys.remove("item_url")
                            data__elements_item__itemurl = data__elements_item["item_url"]
                            if not isinstance(data__elements_item__itemurl, (str, int)) and not (isinstance(data__elements_item__itemurl, float) and data__elements_item__itemurl.is_integer()) or isinstance(data__elements_item__itemurl, bool):
                                raise JsonSchemaValueException
                        if "buttons" in data__elements_item_keys:
                            data__elements_item_keys.remove("buttons")
                            data__elements_item__buttons = data__elements_item["buttons"]
                            if not isinstance(data__elements_item__buttons, (list, tuple, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__elements_item__buttons, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item__buttons):
                                    raise JsonSchemaValueException
                            data__elements_item__buttons_is_list = isinstance(data__elements_item__buttons, (list, tuple))
                            if data__elements_item__buttons_is_list:
                                data__elements_item__buttons_len = len(data__elements_item__buttons)
                                for data__elements_item__buttons_x, data__elements_item__buttons_item in enumerate(data__elements_item__buttons):
                                    validate___definitions_fb_button(data__elements_item__buttons_item)
                        if data__elements_item_keys:
                            raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_fb_media(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['url']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "url" in data_keys:
            data_keys.remove("url")
            data__url = data["url"]
            if not isinstance(data__url, (str, int)) and not (isinstance(data__url, float) and data__url.is_integer()) or isinstance(data__url, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_rt(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['thread_id']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "thread_id" in data_keys:
            data_keys.remove("thread_id")
            data__threadid = data["thread_id"]
            if not isinstance(data__threadid, (str, int)) and not (isinstance(data__threadid, float) and data__threadid.is_integer()) or isinstance(data__threadid, bool):
                raise JsonSchemaValueException
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str, int)) and not (isinstance(data__type, float) and data__type.is_integer()) or isinstance(data__type, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__type, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__type, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__type):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__type, str) and data__type == 'threadAlert' or isinstance(data__type, str) and data__type == 'typingStart' or isinstance(data__type, str) and data__type == 'typingStop' or isinstance(data__type, str) and data__type == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "message" in data_keys:
            data_keys.remove("message")
            data__message = data["message"]
            if not isinstance(data__message, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__message, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__message):
                    raise JsonSchemaValueException
            data__message_is_dict = isinstance(data__message, dict)
            if data__message_is_dict:
                data__message_keys = set(data__message.keys())
                if "text" in data__message_keys:
                    data__message_keys.remove("text")
                    data__message__text = data__message["text"]
                    if not isinstance(data__message__text, (str, int)) and not (isinstance(data__message__text, float) and data__message__text.is_integer()) or isinstance(data__message__text, bool):
                        raise JsonSchemaValueException
                if "attachment" in data__message_keys:
                    data__message_keys.remove("attachment")
                    data__message__attachment = data__message["attachment"]
                    validate___definitions_rt_attachment(data__message__attachment)
                if "quickReplies" in data__message_keys:
                    data__message_keys.remove("quickReplies")
                    data__message__quickReplies = data__message["quickReplies"]
                    validate___definitions_rt_quickreplies(data__message__quickReplies)
                if "quickreplies" in data__message_keys:
                    data__message_keys.remove("quickreplies")
                    data__message__quickreplies = data__message["quickreplies"]
                    validate___definitions_rt_quickreplies(data__message__quickreplies)
                if "extras" in data__message_keys:
                    data__message_keys.remove("extras")
                    data__message__extras = data__message["extras"]
                    if not isinstance(data__message__extras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__message__extras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__message__extras):
                            raise JsonSchemaValueException
                    data__message__extras_is_dict = isinstance(data__message__extras, dict)
                    if data__message__extras_is_dict:
                        data__message__extras_keys = set(data__message__extras.keys())
                if data__message_keys:
                    raise JsonSchemaValueException
        if "extras" in data_keys:
            data_keys.remove("extras")
            data__extras = data["extras"]
            if not isinstance(data__extras, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__extras, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__extras):
                    raise JsonSchemaValueException
            data__extras_is_dict = isinstance(data__extras, dict)
            if data__extras_is_dict:
                data__extras_keys = set(data__extras.keys())
        if "notification" in data_keys:
            data_keys.remove("notification")
            data__notification = data["notification"]
            if not isinstance(data__notification, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__notification, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification):
                    raise JsonSchemaValueException
            data__notification_is_dict = isinstance(data__notification, dict)
            if data__notification_is_dict:
                data__notification__missing_keys = set(['title', 'text']) - data__notification.keys()
                if data__notification__missing_keys:
                    raise JsonSchemaValueException
                data__notification_keys = set(data__notification.keys())
                if "title" in data__notification_keys:
                    data__notification_keys.remove("title")
                    data__notification__title = data__notification["title"]
                    if not isinstance(data__notification__title, (str, int)) and not (isinstance(data__notification__title, float) and data__notification__title.is_integer()) or isinstance(data__notification__title, bool):
                        raise JsonSchemaValueException
                if "text" in data__notification_keys:
                    data__notification_keys.remove("text")
                    data__notification__text = data__notification["text"]
                    if not isinstance(data__notification__text, (str, int)) and not (isinstance(data__notification__text, float) and data__notification__text.is_integer()) or isinstance(data__notification__text, bool):
                        raise JsonSchemaValueException
                if "android_extras" in data__notification_keys:
                    data__notification_keys.remove("android_extras")
                    data__notification__androidextras = data__notification["android_extras"]
                    if not isinstance(data__notification__androidextras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__notification__androidextras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__androidextras):
                            raise JsonSchemaValueException
                    data__notification__androidextras_is_dict = isinstance(data__notification__androidextras, dict)
                    if data__notification__androidextras_is_dict:
                        data__notification__androidextras_keys = set(data__notification__androidextras.keys())
                        if "collapse_key" in data__notification__androidextras_keys:
                            data__notification__androidextras_keys.remove("collapse_key")
                            data__notification__androidextras__collapsekey = data__notification__androidextras["collapse_key"]
                            if not isinstance(data__notification__androidextras__collapsekey, (str, int)) and not (isinstance(data__notification__androidextras__collapsekey, float) and data__notification__androidextras__collapsekey.is_integer()) or isinstance(data__notification__androidextras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "sound" in data__notification__androidextras_keys:
                            data__notification__androidextras_keys.remove("sound")
                            data__notification__androidextras__sound = data__notification__androidextras["sound"]
                            if not isinstance(data__notification__androidextras__sound, (str, int)) and not (isinstance(data__notification__androidextras__sound, float) and data__notification__androidextras__sound.is_integer()) or isinstance(data__notification__androidextras__sound, bool):
                                raise JsonSchemaValueException
                        if "iconurl" in data__notification__androidextras_keys:
                            data__notification__androidextras_keys.remove("iconurl")
                            data__notification__androidextras__iconurl = data__notification__androidextras["iconurl"]
                            if not isinstance(data__notification__androidextras__iconurl, (str, int)) and not (isinstance(data__notification__androidextras__iconurl, float) and data__notification__androidextras__iconurl.is_integer()) or isinstance(data__notification__androidextras__iconurl, bool):
                                raise JsonSchemaValueException
                        if "customtag" in data__notification__androidextras_keys:
                            data__notification__androidextras_keys.remove("customtag")
                            data__notification__androidextras__customtag = data__notification__androidextras["customtag"]
                            if not isinstance(data__notification__androidextras__customtag, (dict, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__notification__androidextras__customtag, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__androidextras__customtag):
                                    raise JsonSchemaValueException
                            data__notification__androidextras__customtag_is_dict = isinstance(data__notification__androidextras__customtag, dict)
                            if data__notification__androidextras__customtag_is_dict:
                                data__notification__androidextras__customtag_keys = set(data__notification__androidextras__customtag.keys())
                        if "customtags" in data__notification__androidextras_keys:
                            data__notification__androidextras_keys.remove("customtags")
                            data__notification__androidextras__customtags = data__notification__androidextras["customtags"]
                            if not isinstance(data__notification__androidextras__customtags, (dict, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__notification__androidextras__customtags, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__androidextras__customtags):
                                    raise JsonSchemaValueException
                            data__notification__androidextras__customtags_is_dict = isinstance(data__notification__androidextras__customtags, dict)
                            if data__notification__androidextras__customtags_is_dict:
                                data__notification__androidextras__customtags_keys = set(data__notification__androidextras__customtags.keys())
                        if "notificationaction" in data__notification__androidextras_keys:
                            data__notification__androidextras_keys.remove("notificationaction")
                            data__notification__androidextras__notificationaction = data__notification__androidextras["notificationaction"]
                            validate___definitions_notificationaction(data__notification__androidextras__notificationaction)
                        if data__notification__androidextras_keys:
                            raise JsonSchemaValueException
                if "ios_extras" in data__notification_keys:
                    data__notification_keys.remove("ios_extras")
                    data__notification__iosextras = data__notification["ios_extras"]
                    if not isinstance(data__notification__iosextras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__notification__iosextras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__iosextras):
                            raise JsonSchemaValueException
                    data__notification__iosextras_is_dict = isinstance(data__notification__iosextras, dict)
                    if data__notification__iosextras_is_dict:
                        data__notification__iosextras_keys = set(data__notification__iosextras.keys())
                        if "attachmenturl" in data__notification__iosextras_keys:
                            data__notification__iosextras_keys.remove("attachmenturl")
                            data__notification__iosextras__attachmenturl = data__notification__iosextras["attachmenturl"]
                            if not isinstance(data__notification__iosextras__attachmenturl, (str, int)) and not (isinstance(data__notification__iosextras__attachmenturl, float) and data__notification__iosextras__attachmenturl.is_integer()) or isinstance(data__notification__iosextras__attachmenturl, bool):
                                raise JsonSchemaValueException
                        if "collapse_key" in data__notification__iosextras_keys:
                            data__notification__iosextras_keys.remove("collapse_key")
                            data__notification__iosextras__collapsekey = data__notification__iosextras["collapse_key"]
                            if not isinstance(data__notification__iosextras__collapsekey, (str, int)) and not (isinstance(data__notification__iosextras__collapsekey, float) and data__notification__iosextras__collapsekey.is_integer()) or isinstance(data__notification__iosextras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "sound" in data__notification__iosextras_keys:
                            data__notification__iosextras_keys.remove("sound")
                            data__notification__iosextras__sound = data__notification__iosextras["sound"]
                            if not isinstance(data__notification__iosextras__sound, (str, int)) and not (isinstance(data__notification__iosextras__sound, float) and data__notification__iosextras__sound.is_integer()) or isinstance(data__notification__iosextras__sound, bool):
                                raise JsonSchemaValueException
                        if "badge" in data__notification__iosextras_keys:
                            data__notification__iosextras_keys.remove("badge")
                            data__notification__iosextras__badge = data__notification__iosextras["badge"]
                            if not isinstance(data__notification__iosextras__badge, (str, int)) and not (isinstance(data__notification__iosextras__badge, float) and data__notification__iosextras__badge.is_integer()) or isinstance(data__notification__iosextras__badge, bool):
                                raise JsonSchemaValueException
                        if "notificationaction" in data__notification__iosextras_keys:
                            data__notification__iosextras_keys.remove("notificationaction")
                            data__notification__iosextras__notificationaction = data__notification__iosextras["notificationaction"]
                            validate___definitions_notificationaction(data__notification__iosextras__notificationaction)
                        if data__notification__iosextras_keys:
                            raise JsonSchemaValueException
                if "web_extras" in data__notification_keys:
                    data__notification_keys.remove("web_extras")
                    data__notification__webextras = data__notification["web_extras"]
                    if not isinstance(data__notification__webextras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__notification__webextras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__webextras):
                            raise JsonSchemaValueException
                    data__notification__webextras_is_dict = isinstance(data__notification__webextras, dict)
                    if data__notification__webextras_is_dict:
                        data__notification__webextras_keys = set(data__notification__webextras.keys())
                        if "collapse_key" in data__notification__webextras_keys:
                            data__notification__webextras_keys.remove("collapse_key")
                            data__notification__webextras__collapsekey = data__notification__webextras["collapse_key"]
                            if not isinstance(data__notification__webextras__collapsekey, (str, int)) and not (isinstance(data__notification__webextras__collapsekey, float) and data__notification__webextras__collapsekey.is_integer()) or isinstance(data__notification__webextras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "collapsekey" in data__notification__webextras_keys:
                            data__notification__webextras_keys.remove("collapsekey")
                            data__notification__webextras__collapsekey = data__notification__webextras["collapsekey"]
                            if not isinstance(data__notification__webextras__collapsekey, (str, int)) and not (isinstance(data__notification__webextras__collapsekey, float) and data__notification__webextras__collapsekey.is_integer()) or isinstance(data__notification__webextras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "action" in data__notification__webextras_keys:
                            data__notification__webextras_keys.remove("action")
                            data__notification__webextras__action = data__notification__webextras["action"]
                            if not isinstance(data__notification__webextras__action, (str, int)) and not (isinstance(data__notification__webextras__action, float) and data__notification__webextras__action.is_integer()) or isinstance(data__notification__webextras__action, bool):
                                raise JsonSchemaValueException
                        if "url" in data__notification__webextras_keys:
                            data__notification__webextras_keys.remove("url")
                            data__notification__webextras__url = data__notification__webextras["url"]
                            if not isinstance(data__notification__webextras__url, (str, int)) and not (isinstance(data__notification__webextras__url, float) and data__notification__webextras__url.is_integer()) or isinstance(data__notification__webextras__url, bool):
                                raise JsonSchemaValueException
                        if data__notification__webextras_keys:
                            raise JsonSchemaValueException
                if "windows_extras" in data__notification_keys:
                    data__notification_keys.remove("windows_extras")
                    data__notification__windowsextras = data__notification["windows_extras"]
                    if not isinstance(data__notification__windowsextras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__notification__windowsextras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__windowsextras):
                            raise JsonSchemaValueException
                    data__notification__windowsextras_is_dict = isinstance(data__notification__windowsextras, dict)
                    if data__notification__windowsextras_is_dict:
                        data__notification__windowsextras_keys = set(data__notification__windowsextras.keys())
                        if "logo" in data__notification__windowsextras_keys:
                            data__notification__windowsextras_keys.remove("logo")
                            data__notification__windowsextras__logo = data__notification__windowsextras["logo"]
                            if not isinstance(data__notification__windowsextras__logo, (str, int)) and not (isinstance(data__notification__windowsextras__logo, float) and data__notification__windowsextras__logo.is_integer()) or isinstance(data__notification__windowsextras__logo, bool):
                                raise JsonSchemaValueException
                        if "sound" in data__notification__windowsextras_keys:
                            data__notification__windowsextras_keys.remove("sound")
                            data__notification__windowsextras__sound = data__notification__windowsextras["sound"]
                            if not isinstance(data__notification__windowsextras__sound, (str, int)) and not (isinstance(data__notification__windowsextras__sound, float) and data__notification__windowsextras__sound.is_integer()) or isinstance(data__notification__windowsextras__sound, bool):
                                raise JsonSchemaValueException
                        if "image" in data__notification__windowsextras_keys:
                            data__notification__windowsextras_keys.remove("image")
                            data__notification__windowsextras__image = data__notification__windowsextras["image"]
                            if not isinstance(data__notification__windowsextras__image, (str, int)) and not (isinstance(data__notification__windowsextras__image, float) and data__notification__windowsextras__image.is_integer()) or isinstance(data__notification__windowsextras__image, bool):
                                raise JsonSchemaValueException
                        if "badge" in data__notification__windowsextras_keys:
                            data__notification__windowsextras_keys.remove("badge")
                            data__notification__windowsextras__badge = data__notification__windowsextras["badge"]
                            if not isinstance(data__notification__windowsextras__badge, (str, int)) and not (isinstance(data__notification__windowsextras__badge, float) and data__notification__windowsextras__badge.is_integer()) or isinstance(data__notification__windowsextras__badge, bool):
                                raise JsonSchemaValueException
                        if "notificationaction" in data__notification__windowsextras_keys:
                            data__notification__windowsextras_keys.remove("notificationaction")
                            data__notification__windowsextras__notificationaction = data__notification__windowsextras["notificationaction"]
                            validate___definitions_notificationaction(data__notification__windowsextras__notificationaction)
                        if data__notification__windowsextras_keys:
                            raise JsonSchemaValueException
                if "interactive" in data__notification_keys:
                    data__notification_keys.remove("interactive")
                    data__notification__interactive = data__notification["interactive"]
                    if not isinstance(data__notification__interactive, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__notification__interactive, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__interactive):
                            raise JsonSchemaValueException
                    data__notification__interactive_is_dict = isinstance(data__notification__interactive, dict)
                    if data__notification__interactive_is_dict:
                        data__notification__interactive_keys = set(data__notification__interactive.keys())
                        if "category" in data__notification__interactive_keys:
                            data__notification__interactive_keys.remove("category")
                            data__notification__interactive__category = data__notification__interactive["category"]
                            if not isinstance(data__notification__interactive__category, (str, int)) and not (isinstance(data__notification__interactive__category, float) and data__notification__interactive__category.is_integer()) or isinstance(data__notification__interactive__category, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__notification__interactive__category, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__notification__interactive__category, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__notification__interactive__category):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if not (isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_DISMISS' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_OPEN' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_SHARE' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_SUBSCRIBE' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_UNSUBSCRIBE' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_DEEPLINK' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'SINGLE_REPLY' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_YES_NO' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_OK_LEARN_MORE' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_LIKE_SHARE' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_SUBSCRIBE_UNSUBSCRIBE' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_SHOPNOW_CANCEL' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_ACCEPT_CANCEL' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_SHARE_CANCEL' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_LATER_NOW' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_PLAY_NOW_PLAY_LATER' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_BUY_NOW_BUY_LATER' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_REPLY_DISMISS' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_REPLY_NO_DISMISS' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_REPLY_YES_DISMISS' or isinstance(data__notification__interactive__category, str) and data__notification__interactive__category == 'DOUBLE_REPLY_YES_NO'):
                                    raise JsonSchemaValueException
                            else:
                                pass
                        if "pushref" in data__notification__interactive_keys:
                            data__notification__interactive_keys.remove("pushref")
                            data__notification__interactive__pushref = data__notification__interactive["pushref"]
                            if not isinstance(data__notification__interactive__pushref, (str, int)) and not (isinstance(data__notification__interactive__pushref, float) and data__notification__interactive__pushref.is_integer()) or isinstance(data__notification__interactive__pushref, bool):
                                raise JsonSchemaValueException
                        if "actions" in data__notification__interactive_keys:
                            data__notification__interactive_keys.remove("actions")
                            data__notification__interactive__actions = data__notification__interactive["actions"]
                            if not isinstance(data__notification__interactive__actions, (list, tuple, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__notification__interactive__actions, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__notification__interactive__actions):
                                    raise JsonSchemaValueException
                            data__notification__interactive__actions_is_list = isinstance(data__notification__interactive__actions, (list, tuple))
                            if data__notification__interactive__actions_is_list:
                                data__notification__interactive__actions_len = len(data__notification__interactive__actions)
                                for data__notification__interactive__actions_x, data__notification__interactive__actions_item in enumerate(data__notification__interactive__actions):
                                    validate___definitions_interactiveaction(data__notification__interactive__actions_item)
                        if data__notification__interactive_keys:
                            raise JsonSchemaValueException
                if data__notification_keys:
                    raise JsonSchemaValueException
        if "appid" in data_keys:
            data_keys.remove("appid")
            data__appid = data["appid"]
            if not isinstance(data__appid, (str, int)) and not (isinstance(data__appid, float) and data__appid.is_integer()) or isinstance(data__appid, bool):
                raise JsonSchemaValueException
        if "smartlinks" in data_keys:
            data_keys.remove("smartlinks")
            data__smartlinks = data["smartlinks"]
            validate___definitions_smartlinks(data__smartlinks)
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_interactiveaction(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "pos" in data_keys:
            data_keys.remove("pos")
            data__pos = data["pos"]
            if not isinstance(data__pos, (int, str)) and not (isinstance(data__pos, float) and data__pos.is_integer()) or isinstance(data__pos, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__pos, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__pos, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__pos):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__pos, (int, float)) and not isinstance(data__pos, bool) and data__pos == 1 or isinstance(data__pos, (int, float)) and not isinstance(data__pos, bool) and data__pos == 2 or isinstance(data__pos, str) and data__pos == '1' or isinstance(data__pos, str) and data__pos == '2'):
                    raise JsonSchemaValueException
            else:
                pass
        if "identifier" in data_keys:
            data_keys.remove("identifier")
            data__identifier = data["identifier"]
            if not isinstance(data__identifier, (str, int)) and not (isinstance(data__identifier, float) and data__identifier.is_integer()) or isinstance(data__identifier, bool):
                raise JsonSchemaValueException
        if "action" in data_keys:
            data_keys.remove("action")
            data__action = data["action"]
            if not isinstance(data__action, (str, int)) and not (isinstance(data__action, float) and data__action.is_integer()) or isinstance(data__action, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__action, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__action, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__action):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__action, str) and data__action == 'OPEN_URL' or isinstance(data__action, str) and data__action == 'OPEN_APP' or isinstance(data__action, str) and data__action == 'OPENAPP' or isinstance(data__action, str) and data__action == 'DEEPLINK' or isinstance(data__action, str) and data__action == 'OPENWEBVIEW' or isinstance(data__action, str) and data__action == 'OPEN_WEBVIEW' or isinstance(data__action, str) and data__action == 'SHARE' or isinstance(data__action, str) and data__action == 'TRIVIAL_REPLY' or isinstance(data__action, str) and data__action == 'TRIVIAL_REPLIES' or isinstance(data__action, str) and data__action == 'INLINE_REPLY' or isinstance(data__action, str) and data__action == 'IN_LINE_REPLY' or isinstance(data__action, str) and data__action == 'DISMISS' or isinstance(data__action, str) and data__action == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "value" in data_keys:
            data_keys.remove("value")
            data__value = data["value"]
            if not isinstance(data__value, (str, int)) and not (isinstance(data__value, float) and data__value.is_integer()) or isinstance(data__value, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_notificationaction(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "action" in data_keys:
            data_keys.remove("action")
            data__action = data["action"]
            if not isinstance(data__action, (str, int)) and not (isinstance(data__action, float) and data__action.is_integer()) or isinstance(data__action, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__action, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__action, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__action):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__action, str) and data__action == 'OPEN_URL' or isinstance(data__action, str) and data__action == 'OPENWEBVIEW' or isinstance(data__action, str) and data__action == 'OPEN_WEBVIEW' or isinstance(data__action, str) and data__action == 'DEEPLINK' or isinstance(data__action, str) and data__action == 'OPEN_HTML' or isinstance(data__action, str) and data__action == 'OPEN_APP' or isinstance(data__action, str) and data__action == 'OPENAPP' or isinstance(data__action, str) and data__action == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "value" in data_keys:
            data_keys.remove("value")
            data__value = data["value"]
            if not isinstance(data__value, (str, int)) and not (isinstance(data__value, float) and data__value.is_integer()) or isinstance(data__value, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['action']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "action" in data_keys:
                data_keys.remove("action")
                data__action = data["action"]
                if not (isinstance(data__action, str) and data__action == 'OPEN_URL' or isinstance(data__action, str) and data__action == 'OPENWEBVIEW' or isinstance(data__action, str) and data__action == 'OPEN_WEBVIEW' or isinstance(data__action, str) and data__action == 'DEEPLINK' or isinstance(data__action, str) and data__action == 'OPEN_HTML'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['value']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    return data

def validate___definitions_rt_quickreplies(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['options']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "reference" in data_keys:
            data_keys.remove("reference")
            data__reference = data["reference"]
            if not isinstance(data__reference, (str, int)) and not (isinstance(data__reference, float) and data__reference.is_integer()) or isinstance(data__reference, bool):
                raise JsonSchemaValueException
        if "options" in data_keys:
            data_keys.remove("options")
            data__options = data["options"]
            if not isinstance(data__options, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__options, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__options):
                    raise JsonSchemaValueException
            data__options_is_list = isinstance(data__options, (list, tuple))
            if data__options_is_list:
                data__options_len = len(data__options)
                for data__options_x, data__options_item in enumerate(data__options):
                    if not isinstance(data__options_item, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__options_item, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__options_item):
                            raise JsonSchemaValueException
                    data__options_item_is_dict = isinstance(data__options_item, dict)
                    if data__options_item_is_dict:
                        data__options_item__missing_keys = set(['type', 'identifier', 'title']) - data__options_item.keys()
                        if data__options_item__missing_keys:
                            raise JsonSchemaValueException
                        data__options_item_keys = set(data__options_item.keys())
                        if "type" in data__options_item_keys:
                            data__options_item_keys.remove("type")
                            data__options_item__type = data__options_item["type"]
                            if not isinstance(data__options_item__type, (str, int)) and not (isinstance(data__options_item__type, float) and data__options_item__type.is_integer()) or isinstance(data__options_item__type, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__options_item__type, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__options_item__type, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__options_item__type):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if not (isinstance(data__options_item__type, str) and data__options_item__type == 'quickReplyPostback'):
                                    raise JsonSchemaValueException
                            else:
                                pass
                        if "identifier" in data__options_item_keys:
                            data__options_item_keys.remove("identifier")
                            data__options_item__identifier = data__options_item["identifier"]
                            if not isinstance(data__options_item__identifier, (str, int)) and not (isinstance(data__options_item__identifier, float) and data__options_item__identifier.is_integer()) or isinstance(data__options_item__identifier, bool):
                                raise JsonSchemaValueException
                        if "title" in data__options_item_keys:
                            data__options_item_keys.remove("title")
                            data__options_item__title = data__options_item["title"]
                            if not isinstance(data__options_item__title, (str, int)) and not (isinstance(data__options_item__title, float) and data__options_item__title.is_integer()) or isinstance(data__options_item__title, bool):
                                raise JsonSchemaValueException
                        if "imageUrl" in data__options_item_keys:
                            data__options_item_keys.remove("imageUrl")
                            data__options_item__imageUrl = data__options_item["imageUrl"]
                            if not isinstance(data__options_item__imageUrl, (str, int)) and not (isinstance(data__options_item__imageUrl, float) and data__options_item__imageUrl.is_integer()) or isinstance(data__options_item__imageUrl, bool):
                                raise JsonSchemaValueException
                        if "imageurl" in data__options_item_keys:
                            data__options_item_keys.remove("imageurl")
                            data__options_item__imageurl = data__options_item["imageurl"]
                            if not isinstance(data__options_item__imageurl, (str, int)) and not (isinstance(data__options_item__imageurl, float) and data__options_item__imageurl.is_integer()) or isinstance(data__options_item__imageurl, bool):
                                raise JsonSchemaValueException
                        if "payload" in data__options_item_keys:
                            data__options_item_keys.remove("payload")
                            data__options_item__payload = data__options_item["payload"]
                            if not isinstance(data__options_item__payload, (dict, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__options_item__payload, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__options_item__payload):
                                    raise JsonSchemaValueException
                            data__options_item__payload_is_dict = isinstance(data__options_item__payload, dict)
                            if data__options_item__payload_is_dict:
                                data__options_item__payload_keys = set(data__options_item__payload.keys())
                        if data__options_item_keys:
                            raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_rt_attachment(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        try:
            data_is_dict = isinstance(data, dict)
            if data_is_dict:
                data__missing_keys = set(['mediaid']) - data.keys()
                if data__missing_keys:
                    raise JsonSchemaValueException
        except (JsonSchemaValueException, JsonSchemaValuesException): pass
        else:
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['contentType']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "contentType" in data_keys:
                data_keys.remove("contentType")
                data__contentType = data["contentType"]
                if not (isinstance(data__contentType, str) and data__contentType == 'image' or isinstance(data__contentType, str) and data__contentType == 'video' or isinstance(data__contentType, str) and data__contentType == 'audio' or isinstance(data__contentType, str) and data__contentType == 'file'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['file']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['contentType']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "contentType" in data_keys:
                data_keys.remove("contentType")
                data__contentType = data["contentType"]
                if not (isinstance(data__contentType, str) and data__contentType == 'video'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['preview']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['contentType']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "contentType" in data_keys:
                data_keys.remove("contentType")
                data__contentType = data["contentType"]
                if not (isinstance(data__contentType, str) and data__contentType == 'location'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['latitude', 'longitude']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['contentType']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "contentType" in data_keys:
                data_keys.remove("contentType")
                data__contentType = data["contentType"]
                if not (isinstance(data__contentType, str) and data__contentType == 'template'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['templateType', 'payload']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['contentType']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "contentType" in data_keys:
            data_keys.remove("contentType")
            data__contentType = data["contentType"]
            if not isinstance(data__contentType, (str, int)) and not (isinstance(data__contentType, float) and data__contentType.is_integer()) or isinstance(data__contentType, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__contentType, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__contentType, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__contentType):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__contentType, str) and data__contentType == 'image' or isinstance(data__contentType, str) and data__contentType == 'video' or isinstance(data__contentType, str) and data__contentType == 'audio' or isinstance(data__contentType, str) and data__contentType == 'file' or isinstance(data__contentType, str) and data__contentType == 'location' or isinstance(data__contentType, str) and data__contentType == 'template'):
                    raise JsonSchemaValueException
            else:
                pass
        if "file" in data_keys:
            data_keys.remove("file")
            data__file = data["file"]
            if not isinstance(data__file, (str, int)) and not (isinstance(data__file, float) and data__file.is_integer()) or isinstance(data__file, bool):
                raise JsonSchemaValueException
        if "mediaid" in data_keys:
            data_keys.remove("mediaid")
            data__mediaid = data["mediaid"]
            if not isinstance(data__mediaid, (str, int)) and not (isinstance(data__mediaid, float) and data__mediaid.is_integer()) or isinstance(data__mediaid, bool):
                raise JsonSchemaValueException
        if "preview" in data_keys:
            data_keys.remove("preview")
            data__preview = data["preview"]
            if not isinstance(data__preview, (str, int)) and not (isinstance(data__preview, float) and data__preview.is_integer()) or isinstance(data__preview, bool):
                raise JsonSchemaValueException
        if "size" in data_keys:
            data_keys.remove("size")
            data__size = data["size"]
            if not isinstance(data__size, (str, int)) and not (isinstance(data__size, float) and data__size.is_integer()) or isinstance(data__size, bool):
                raise JsonSchemaValueException
        if "duration" in data_keys:
            data_keys.remove("duration")
            data__duration = data["duration"]
            if not isinstance(data__duration, (str, int)) and not (isinstance(data__duration, float) and data__duration.is_integer()) or isinstance(data__duration, bool):
                raise JsonSchemaValueException
        if "latitude" in data_keys:
            data_keys.remove("latitude")
            data__latitude = data["latitude"]
            if not isinstance(data__latitude, (str, int)) and not (isinstance(data__latitude, float) and data__latitude.is_integer()) or isinstance(data__latitude, bool):
                raise JsonSchemaValueException
        if "longitude" in data_keys:
            data_keys.remove("longitude")
            data__longitude = data["longitude"]
            if not isinstance(data__longitude, (str, int)) and not (isinstance(data__longitude, float) and data__longitude.is_integer()) or isinstance(data__longitude, bool):
                raise JsonSchemaValueException
        if "templateType" in data_keys:
            data_keys.remove("templateType")
            data__templateType = data["templateType"]
            if not isinstance(data__templateType, (str, int)) and not (isinstance(data__templateType, float) and data__templateType.is_integer()) or isinstance(data__templateType, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__templateType, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__templateType, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__templateType):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__templateType, str) and data__templateType == 'generic'):
                    raise JsonSchemaValueException
            else:
                pass
        if "payload" in data_keys:
            data_keys.remove("payload")
            data__payload = data["payload"]
            validate___definitions_rt_carousel(data__payload)
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_rt_carousel(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['elements']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "reference" in data_keys:
            data_keys.remove("reference")
            data__reference = data["reference"]
            if not isinstance(data__reference, (str, int)) and not (isinstance(data__reference, float) and data__reference.is_integer()) or isinstance(data__reference, bool):
                raise JsonSchemaValueException
        if "elements" in data_keys:
            data_keys.remove("elements")
            data__elements = data["elements"]
            if not isinstance(data__elements, (list, tuple, str)):
                raise JsonSchemaValueException
            if isinstance(data__elements, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements):
                    raise JsonSchemaValueException
            data__elements_is_list = isinstance(data__elements, (list, tuple))
            if data__elements_is_list:
                data__elements_len = len(data__elements)
                for data__elements_x, data__elements_item in enumerate(data__elements):
                    if not isinstance(data__elements_item, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__elements_item, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item):
                            raise JsonSchemaValueException
                    data__elements_item_is_dict = isinstance(data__elements_item, dict)
                    if data__elements_item_is_dict:
                        data__elements_item__missing_keys = set(['title']) - data__elements_item.keys()
                        if data__elements_item__missing_keys:
                            raise JsonSchemaValueException
                        data__elements_item_keys = set(data__elements_item.keys())
                        if "title" in data__elements_item_keys:
                            data__elements_item_keys.remove("title")
                            data__elements_item__title = data__elements_item["title"]
                            if not isinstance(data__elements_item__title, (str, int)) and not (isinstance(data__elements_item__title, float) and data__elements_item__title.is_integer()) or isinstance(data__elements_item__title, bool):
                                raise JsonSchemaValueException
                        if "subtitle" in data__elements_item_keys:
                            data__elements_item_keys.remove("subtitle")
                            data__elements_item__subtitle = data__elements_item["subtitle"]
                            if not isinstance(data__elements_item__subtitle, (str, int)) and not (isinstance(data__elements_item__subtitle, float) and data__elements_item__subtitle.is_integer()) or isinstance(data__elements_item__subtitle, bool):
                                raise JsonSchemaValueException
                        if "imageUrls" in data__elements_item_keys:
                            data__elements_item_keys.remove("imageUrls")
                            data__elements_item__imageUrls = data__elements_item["imageUrls"]
                            if not isinstance(data__elements_item__imageUrls, (list, tuple, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__elements_item__imageUrls, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item__imageUrls):
                                    raise JsonSchemaValueException
                            data__elements_item__imageUrls_is_list = isinstance(data__elements_item__imageUrls, (list, tuple))
                            if data__elements_item__imageUrls_is_list:
                                data__elements_item__imageUrls_len = len(data__elements_item__imageUrls)
                                for data__elements_item__imageUrls_x, data__elements_item__imageUrls_item in enumerate(data__elements_item__imageUrls):
                                    if not isinstance(data__elements_item__imageUrls_item, (str, int)) and not (isinstance(data__elements_item__imageUrls_item, float) and data__elements_item__imageUrls_item.is_integer()) or isinstance(data__elements_item__imageUrls_item, bool):
                                        raise JsonSchemaValueException
                        if "buttons" in data__elements_item_keys:
                            data__elements_item_keys.remove("buttons")
                            data__elements_item__buttons = data__elements_item["buttons"]
                            if not isinstance(data__elements_item__buttons, (list, tuple, str)):
                                raise JsonSchemaValueException
                            if isinstance(data__elements_item__buttons, str):
                                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__elements_item__buttons):
                                    raise JsonSchemaValueException
                            data__elements_item__buttons_is_list = isinstance(data__elements_item__buttons, (list, tuple))
                            if data__elements_item__buttons_is_list:
                                data__elements_item__buttons_len = len(data__elements_item__buttons)
                                for data__elements_item__buttons_x, data__elements_item__buttons_item in enumerate(data__elements_item__buttons):
                                    validate___definitions_rt_button(data__elements_item__buttons_item)
                        if data__elements_item_keys:
                            raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_rt_button(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['type', 'identifier', 'title']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str, int)) and not (isinstance(data__type, float) and data__type.is_integer()) or isinstance(data__type, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__type, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__type, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__type):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__type, str) and data__type == 'webUrl' or isinstance(data__type, str) and data__type == 'templatePostback'):
                    raise JsonSchemaValueException
            else:
                pass
        if "identifier" in data_keys:
            data_keys.remove("identifier")
            data__identifier = data["identifier"]
            if not isinstance(data__identifier, (str, int)) and not (isinstance(data__identifier, float) and data__identifier.is_integer()) or isinstance(data__identifier, bool):
                raise JsonSchemaValueException
        if "title" in data_keys:
            data_keys.remove("title")
            data__title = data["title"]
            if not isinstance(data__title, (str, int)) and not (isinstance(data__title, float) and data__title.is_integer()) or isinstance(data__title, bool):
                raise JsonSchemaValueException
        if "url" in data_keys:
            data_keys.remove("url")
            data__url = data["url"]
            if not isinstance(data__url, (str, int)) and not (isinstance(data__url, float) and data__url.is_integer()) or isinstance(data__url, bool):
                raise JsonSchemaValueException
        if "payload" in data_keys:
            data_keys.remove("payload")
            data__payload = data["payload"]
            if not isinstance(data__payload, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__payload, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__payload):
                    raise JsonSchemaValueException
            data__payload_is_dict = isinstance(data__payload, dict)
            if data__payload_is_dict:
                data__payload_keys = set(data__payload.keys())
        if data_keys:
            raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['type']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "type" in data_keys:
                data_keys.remove("type")
                data__type = data["type"]
                if not (isinstance(data__type, str) and data__type == 'webUrl'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['url']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    return data

def validate___definitions_push(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "android" in data_keys:
            data_keys.remove("android")
            data__android = data["android"]
            if not isinstance(data__android, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__android, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__android):
                    raise JsonSchemaValueException
            data__android_is_dict = isinstance(data__android, dict)
            if data__android_is_dict:
                data__android_keys = set(data__android.keys())
                if "text" in data__android_keys:
                    data__android_keys.remove("text")
                    data__android__text = data__android["text"]
                    if not isinstance(data__android__text, (str, int)) and not (isinstance(data__android__text, float) and data__android__text.is_integer()) or isinstance(data__android__text, bool):
                        raise JsonSchemaValueException
                if "title" in data__android_keys:
                    data__android_keys.remove("title")
                    data__android__title = data__android["title"]
                    if not isinstance(data__android__title, (str, int)) and not (isinstance(data__android__title, float) and data__android__title.is_integer()) or isinstance(data__android__title, bool):
                        raise JsonSchemaValueException
                if "priority" in data__android_keys:
                    data__android_keys.remove("priority")
                    data__android__priority = data__android["priority"]
                    if not isinstance(data__android__priority, (str, int)) and not (isinstance(data__android__priority, float) and data__android__priority.is_integer()) or isinstance(data__android__priority, bool):
                        raise JsonSchemaValueException
                    try:
                        if not isinstance(data__android__priority, (str)):
                            raise JsonSchemaValueException
                        if isinstance(data__android__priority, str):
                            if not REGEX_PATTERNS['\\{[{%#]'].search(data__android__priority):
                                raise JsonSchemaValueException
                    except (JsonSchemaValueException, JsonSchemaValuesException):
                        if not (isinstance(data__android__priority, str) and data__android__priority == '1' or isinstance(data__android__priority, str) and data__android__priority == '2' or isinstance(data__android__priority, str) and data__android__priority == '3' or isinstance(data__android__priority, str) and data__android__priority == '4' or isinstance(data__android__priority, str) and data__android__priority == '5' or isinstance(data__android__priority, (int, float)) and not isinstance(data__android__priority, bool) and data__android__priority == 1 or isinstance(data__android__priority, (int, float)) and not isinstance(data__android__priority, bool) and data__android__priority == 2 or isinstance(data__android__priority, (int, float)) and not isinstance(data__android__priority, bool) and data__android__priority == 3 or isinstance(data__android__priority, (int, float)) and not isinstance(data__android__priority, bool) and data__android__priority == 4 or isinstance(data__android__priority, (int, float)) and not isinstance(data__android__priority, bool) and data__android__priority == 5 or isinstance(data__android__priority, str) and data__android__priority == ''):
                            raise JsonSchemaValueException
                    else:
                        pass
                if "extras" in data__android_keys:
                    data__android_keys.remove("extras")
                    data__android__extras = data__android["extras"]
                    if not isinstance(data__android__extras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__android__extras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__android__extras):
                            raise JsonSchemaValueException
                    data__android__extras_is_dict = isinstance(data__android__extras, dict)
                    if data__android__extras_is_dict:
                        data__android__extras_keys = set(data__android__extras.keys())
                        if "collapse_key" in data__android__extras_keys:
                            data__android__extras_keys.remove("collapse_key")
                            data__android__extras__collapsekey = data__android__extras["collapse_key"]
                            if not isinstance(data__android__extras__collapsekey, (str, int)) and not (isinstance(data__android__extras__collapsekey, float) and data__android__extras__collapsekey.is_integer()) or isinstance(data__android__extras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "time_to_live" in data__android__extras_keys:
                            data__android__extras_keys.remove("time_to_live")
                            data__android__extras__timetolive = data__android__extras["time_to_live"]
                            if not isinstance(data__android__extras__timetolive, (str, int)) and not (isinstance(data__android__extras__timetolive, float) and data__android__extras__timetolive.is_integer()) or isinstance(data__android__extras__timetolive, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__android__extras__timetolive, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__android__extras__timetolive, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__android__extras__timetolive):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if isinstance(data__android__extras__timetolive, str):
                                    if not REGEX_PATTERNS['^[0-9]*$'].search(data__android__extras__timetolive):
                                        raise JsonSchemaValueException
                            else:
                                pass
                        if "customtags" in data__android__extras_keys:
                            data__android__extras_keys.remove("customtags")
                            data__android__extras__customtags = data__android__extras["customtags"]
                            validate___definitions_customtags(data__android__extras__customtags)
                        if "iconurl" in data__android__extras_keys:
                            data__android__extras_keys.remove("iconurl")
                            data__android__extras__iconurl = data__android__extras["iconurl"]
                            if not isinstance(data__android__extras__iconurl, (str, int)) and not (isinstance(data__android__extras__iconurl, float) and data__android__extras__iconurl.is_integer()) or isinstance(data__android__extras__iconurl, bool):
                                raise JsonSchemaValueException
                        if "notificationChannelId" in data__android__extras_keys:
                            data__android__extras_keys.remove("notificationChannelId")
                            data__android__extras__notificationChannelId = data__android__extras["notificationChannelId"]
                            if not isinstance(data__android__extras__notificationChannelId, (str, int)) and not (isinstance(data__android__extras__notificationChannelId, float) and data__android__extras__notificationChannelId.is_integer()) or isinstance(data__android__extras__notificationChannelId, bool):
                                raise JsonSchemaValueException
                        if "notificationaction" in data__android__extras_keys:
                            data__android__extras_keys.remove("notificationaction")
                            data__android__extras__notificationaction = data__android__extras["notificationaction"]
                            validate___definitions_notificationaction(data__android__extras__notificationaction)
                        if "sound" in data__android__extras_keys:
                            data__android__extras_keys.remove("sound")
                            data__android__extras__sound = data__android__extras["sound"]
                            if not isinstance(data__android__extras__sound, (str, int)) and not (isinstance(data__android__extras__sound, float) and data__android__extras__sound.is_integer()) or isinstance(data__android__extras__sound, bool):
                                raise JsonSchemaValueException
                        if "delay_while_idle" in data__android__extras_keys:
                            data__android__extras_keys.remove("delay_while_idle")
                            data__android__extras__delaywhileidle = data__android__extras["delay_while_idle"]
                            if not isinstance(data__android__extras__delaywhileidle, (bool, str, int)) and not (isinstance(data__android__extras__delaywhileidle, float) and data__android__extras__delaywhileidle.is_integer()):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__android__extras__delaywhileidle, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__android__extras__delaywhileidle, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__android__extras__delaywhileidle):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if not (isinstance(data__android__extras__delaywhileidle, bool) and data__android__extras__delaywhileidle is True or isinstance(data__android__extras__delaywhileidle, bool) and data__android__extras__delaywhileidle is False or isinstance(data__android__extras__delaywhileidle, str) and data__android__extras__delaywhileidle == 'true' or isinstance(data__android__extras__delaywhileidle, str) and data__android__extras__delaywhileidle == 'false' or isinstance(data__android__extras__delaywhileidle, str) and data__android__extras__delaywhileidle == ''):
                                    raise JsonSchemaValueException
                            else:
                                pass
                        if data__android__extras_keys:
                            raise JsonSchemaValueException
                if data__android_keys:
                    raise JsonSchemaValueException
        if "ios" in data_keys:
            data_keys.remove("ios")
            data__ios = data["ios"]
            if not isinstance(data__ios, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__ios, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__ios):
                    raise JsonSchemaValueException
            data__ios_is_dict = isinstance(data__ios, dict)
            if data__ios_is_dict:
                data__ios_keys = set(data__ios.keys())
                if "text" in data__ios_keys:
                    data__ios_keys.remove("text")
                    data__ios__text = data__ios["text"]
                    if not isinstance(data__ios__text, (str, int)) and not (isinstance(data__ios__text, float) and data__ios__text.is_integer()) or isinstance(data__ios__text, bool):
                        raise JsonSchemaValueException
                if "title" in data__ios_keys:
                    data__ios_keys.remove("title")
                    data__ios__title = data__ios["title"]
                    if not isinstance(data__ios__title, (str, int)) and not (isinstance(data__ios__title, float) and data__ios__title.is_integer()) or isinstance(data__ios__title, bool):
                        raise JsonSchemaValueException
                if "extras" in data__ios_keys:
                    data__ios_keys.remove("extras")
                    data__ios__extras = data__ios["extras"]
                    if not isinstance(data__ios__extras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__ios__extras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__ios__extras):
                            raise JsonSchemaValueException
                    data__ios__extras_is_dict = isinstance(data__ios__extras, dict)
                    if data__ios__extras_is_dict:
                        data__ios__extras_keys = set(data__ios__extras.keys())
                        if "badge" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("badge")
                            data__ios__extras__badge = data__ios__extras["badge"]
                            if not isinstance(data__ios__extras__badge, (str, int)) and not (isinstance(data__ios__extras__badge, float) and data__ios__extras__badge.is_integer()) or isinstance(data__ios__extras__badge, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__ios__extras__badge, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__ios__extras__badge, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__ios__extras__badge):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if isinstance(data__ios__extras__badge, str):
                                    if not REGEX_PATTERNS['^[0-9]*$'].search(data__ios__extras__badge):
                                        raise JsonSchemaValueException
                            else:
                                pass
                        if "sound" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("sound")
                            data__ios__extras__sound = data__ios__extras["sound"]
                            if not isinstance(data__ios__extras__sound, (str, int)) and not (isinstance(data__ios__extras__sound, float) and data__ios__extras__sound.is_integer()) or isinstance(data__ios__extras__sound, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__ios__extras__sound, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__ios__extras__sound, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__ios__extras__sound):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if isinstance(data__ios__extras__sound, str):
                                    if not REGEX_PATTERNS['^[^/:]*$'].search(data__ios__extras__sound):
                                        raise JsonSchemaValueException
                            else:
                                pass
                        if "time_to_live" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("time_to_live")
                            data__ios__extras__timetolive = data__ios__extras["time_to_live"]
                            if not isinstance(data__ios__extras__timetolive, (str, int)) and not (isinstance(data__ios__extras__timetolive, float) and data__ios__extras__timetolive.is_integer()) or isinstance(data__ios__extras__timetolive, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__ios__extras__timetolive, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__ios__extras__timetolive, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__ios__extras__timetolive):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if isinstance(data__ios__extras__timetolive, str):
                                    if not REGEX_PATTERNS['^[0-9]*$'].search(data__ios__extras__timetolive):
                                        raise JsonSchemaValueException
                            else:
                                pass
                        if "customtags" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("customtags")
                            data__ios__extras__customtags = data__ios__extras["customtags"]
                            validate___definitions_customtags(data__ios__extras__customtags)
                        if "collapse_key" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("collapse_key")
                            data__ios__extras__collapsekey = data__ios__extras["collapse_key"]
                            if not isinstance(data__ios__extras__collapsekey, (str, int)) and not (isinstance(data__ios__extras__collapsekey, float) and data__ios__extras__collapsekey.is_integer()) or isinstance(data__ios__extras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "attachmenturl" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("attachmenturl")
                            data__ios__extras__attachmenturl = data__ios__extras["attachmenturl"]
                            if not isinstance(data__ios__extras__attachmenturl, (str, int)) and not (isinstance(data__ios__extras__attachmenturl, float) and data__ios__extras__attachmenturl.is_integer()) or isinstance(data__ios__extras__attachmenturl, bool):
                                raise JsonSchemaValueException
                        if "notificationaction" in data__ios__extras_keys:
                            data__ios__extras_keys.remove("notificationaction")
                            data__ios__extras__notificationaction = data__ios__extras["notificationaction"]
                            validate___definitions_notificationaction(data__ios__extras__notificationaction)
                        if data__ios__extras_keys:
                            raise JsonSchemaValueException
                if data__ios_keys:
                    raise JsonSchemaValueException
        if "web" in data_keys:
            data_keys.remove("web")
            data__web = data["web"]
            if not isinstance(data__web, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__web, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__web):
                    raise JsonSchemaValueException
            data__web_is_dict = isinstance(data__web, dict)
            if data__web_is_dict:
                data__web_keys = set(data__web.keys())
                if "platform_types" in data__web_keys:
                    data__web_keys.remove("platform_types")
                    data__web__platformtypes = data__web["platform_types"]
                    if not isinstance(data__web__platformtypes, (list, tuple, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__web__platformtypes, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__web__platformtypes):
                            raise JsonSchemaValueException
                    data__web__platformtypes_is_list = isinstance(data__web__platformtypes, (list, tuple))
                    if data__web__platformtypes_is_list:
                        data__web__platformtypes_len = len(data__web__platformtypes)
                        for data__web__platformtypes_x, data__web__platformtypes_item in enumerate(data__web__platformtypes):
                            if not isinstance(data__web__platformtypes_item, (str, int)) and not (isinstance(data__web__platformtypes_item, float) and data__web__platformtypes_item.is_integer()) or isinstance(data__web__platformtypes_item, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__web__platformtypes_item, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__web__platformtypes_item, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__web__platformtypes_item):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if not (isinstance(data__web__platformtypes_item, str) and data__web__platformtypes_item == 'chrome' or isinstance(data__web__platformtypes_item, str) and data__web__platformtypes_item == 'firefox' or isinstance(data__web__platformtypes_item, str) and data__web__platformtypes_item == 'safari'):
                                    raise JsonSchemaValueException
                            else:
                                pass
                if "platorm_types" in data__web_keys:
                    data__web_keys.remove("platorm_types")
                    data__web__platormtypes = data__web["platorm_types"]
                    if not isinstance(data__web__platormtypes, (list, tuple, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__web__platormtypes, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__web__platormtypes):
                            raise JsonSchemaValueException
                    data__web__platormtypes_is_list = isinstance(data__web__platormtypes, (list, tuple))
                    if data__web__platormtypes_is_list:
                        data__web__platormtypes_len = len(data__web__platormtypes)
                        for data__web__platormtypes_x, data__web__platormtypes_item in enumerate(data__web__platormtypes):
                            if not isinstance(data__web__platormtypes_item, (str, int)) and not (isinstance(data__web__platormtypes_item, float) and data__web__platormtypes_item.is_integer()) or isinstance(data__web__platormtypes_item, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__web__platormtypes_item, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__web__platormtypes_item, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__web__platormtypes_item):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if not (isinstance(data__web__platormtypes_item, str) and data__web__platormtypes_item == 'chrome' or isinstance(data__web__platormtypes_item, str) and data__web__platormtypes_item == 'firefox' or isinstance(data__web__platormtypes_item, str) and data__web__platormtypes_item == 'safari'):
                                    raise JsonSchemaValueException
                            else:
                                pass
                if "text" in data__web_keys:
                    data__web_keys.remove("text")
                    data__web__text = data__web["text"]
                    if not isinstance(data__web__text, (str, int)) and not (isinstance(data__web__text, float) and data__web__text.is_integer()) or isinstance(data__web__text, bool):
                        raise JsonSchemaValueException
                if "title" in data__web_keys:
                    data__web_keys.remove("title")
                    data__web__title = data__web["title"]
                    if not isinstance(data__web__title, (str, int)) and not (isinstance(data__web__title, float) and data__web__title.is_integer()) or isinstance(data__web__title, bool):
                        raise JsonSchemaValueException
                if "url" in data__web_keys:
                    data__web_keys.remove("url")
                    data__web__url = data__web["url"]
                    if not isinstance(data__web__url, (str, int)) and not (isinstance(data__web__url, float) and data__web__url.is_integer()) or isinstance(data__web__url, bool):
                        raise JsonSchemaValueException
                if "actiontext" in data__web_keys:
                    data__web_keys.remove("actiontext")
                    data__web__actiontext = data__web["actiontext"]
                    if not isinstance(data__web__actiontext, (str, int)) and not (isinstance(data__web__actiontext, float) and data__web__actiontext.is_integer()) or isinstance(data__web__actiontext, bool):
                        raise JsonSchemaValueException
                if "extras" in data__web_keys:
                    data__web_keys.remove("extras")
                    data__web__extras = data__web["extras"]
                    if not isinstance(data__web__extras, (dict, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__web__extras, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__web__extras):
                            raise JsonSchemaValueException
                    data__web__extras_is_dict = isinstance(data__web__extras, dict)
                    if data__web__extras_is_dict:
                        data__web__extras_keys = set(data__web__extras.keys())
                        if "collapse_key" in data__web__extras_keys:
                            data__web__extras_keys.remove("collapse_key")
                            data__web__extras__collapsekey = data__web__extras["collapse_key"]
                            if not isinstance(data__web__extras__collapsekey, (str, int)) and not (isinstance(data__web__extras__collapsekey, float) and data__web__extras__collapsekey.is_integer()) or isinstance(data__web__extras__collapsekey, bool):
                                raise JsonSchemaValueException
                        if "time_to_live" in data__web__extras_keys:
                            data__web__extras_keys.remove("time_to_live")
                            data__web__extras__timetolive = data__web__extras["time_to_live"]
                            if not isinstance(data__web__extras__timetolive, (str, int)) and not (isinstance(data__web__extras__timetolive, float) and data__web__extras__timetolive.is_integer()) or isinstance(data__web__extras__timetolive, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__web__extras__timetolive, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__web__extras__timetolive, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__web__extras__timetolive):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if isinstance(data__web__extras__timetolive, str):
                                    if not REGEX_PATTERNS['^[0-9]*$'].search(data__web__extras__timetolive):
                                        raise JsonSchemaValueException
                            else:
                                pass
                        if "customtags" in data__web__extras_keys:
                            data__web__extras_keys.remove("customtags")
                            data__web__extras__customtags = data__web__extras["customtags"]
                            validate___definitions_customtags(data__web__extras__customtags)
                        if data__web__extras_keys:
                            raise JsonSchemaValueException
                if data__web_keys:
                    raise JsonSchemaValueException
            try:
                if not isinstance(data__web, (dict)):
                    raise JsonSchemaValueException
                data__web_is_dict = isinstance(data__web, dict)
                if data__web_is_dict:
                    data__web__missing_keys = set(['platorm_types']) - data__web.keys()
                    if data__web__missing_keys:
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                data__web_is_dict = isinstance(data__web, dict)
                if data__web_is_dict:
                    data__web__missing_keys = set(['platform_types']) - data__web.keys()
                    if data__web__missing_keys:
                        raise JsonSchemaValueException
            else:
                pass
        if "interactive" in data_keys:
            data_keys.remove("interactive")
            data__interactive = data["interactive"]
            if not isinstance(data__interactive, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__interactive, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__interactive):
                    raise JsonSchemaValueException
            data__interactive_is_dict = isinstance(data__interactive, dict)
            if data__interactive_is_dict:
                data__interactive_keys = set(data__interactive.keys())
                if "device_types" in data__interactive_keys:
                    data__interactive_keys.remove("device_types")
                    data__interactive__devicetypes = data__interactive["device_types"]
                    if not isinstance(data__interactive__devicetypes, (list, tuple, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__interactive__devicetypes, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__interactive__devicetypes):
                            raise JsonSchemaValueException
                    data__interactive__devicetypes_is_list = isinstance(data__interactive__devicetypes, (list, tuple))
                    if data__interactive__devicetypes_is_list:
                        data__interactive__devicetypes_len = len(data__interactive__devicetypes)
                        for data__interactive__devicetypes_x, data__interactive__devicetypes_item in enumerate(data__interactive__devicetypes):
                            if not isinstance(data__interactive__devicetypes_item, (str, int)) and not (isinstance(data__interactive__devicetypes_item, float) and data__interactive__devicetypes_item.is_integer()) or isinstance(data__interactive__devicetypes_item, bool):
                                raise JsonSchemaValueException
                            try:
                                if not isinstance(data__interactive__devicetypes_item, (str)):
                                    raise JsonSchemaValueException
                                if isinstance(data__interactive__devicetypes_item, str):
                                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__interactive__devicetypes_item):
                                        raise JsonSchemaValueException
                            except (JsonSchemaValueException, JsonSchemaValuesException):
                                if not (isinstance(data__interactive__devicetypes_item, str) and data__interactive__devicetypes_item == 'android' or isinstance(data__interactive__devicetypes_item, str) and data__interactive__devicetypes_item == 'ios'):
                                    raise JsonSchemaValueException
                            else:
                                pass
                if "category" in data__interactive_keys:
                    data__interactive_keys.remove("category")
                    data__interactive__category = data__interactive["category"]
                    if not isinstance(data__interactive__category, (str, int)) and not (isinstance(data__interactive__category, float) and data__interactive__category.is_integer()) or isinstance(data__interactive__category, bool):
                        raise JsonSchemaValueException
                    try:
                        if not isinstance(data__interactive__category, (str)):
                            raise JsonSchemaValueException
                        if isinstance(data__interactive__category, str):
                            if not REGEX_PATTERNS['\\{[{%#]'].search(data__interactive__category):
                                raise JsonSchemaValueException
                    except (JsonSchemaValueException, JsonSchemaValuesException):
                        if not (isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_DISMISS' or isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_OPEN' or isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_SHARE' or isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_SUBSCRIBE' or isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_UNSUBSCRIBE' or isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_DEEPLINK' or isinstance(data__interactive__category, str) and data__interactive__category == 'SINGLE_REPLY' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_YES_NO' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_OK_LEARN_MORE' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_LIKE_SHARE' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_SUBSCRIBE_UNSUBSCRIBE' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_SHOPNOW_CANCEL' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_ACCEPT_CANCEL' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_SHARE_CANCEL' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_LATER_NOW' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_PLAY_NOW_PLAY_LATER' or isinstance(data__interactive__category, str) and data__interactive__category == 'DOUBLE_BUY_NOW_BUY_LATER'):
                            raise JsonSchemaValueException
                    else:
                        pass
                if "actions" in data__interactive_keys:
                    data__interactive_keys.remove("actions")
                    data__interactive__actions = data__interactive["actions"]
                    if not isinstance(data__interactive__actions, (list, tuple, str)):
                        raise JsonSchemaValueException
                    if isinstance(data__interactive__actions, str):
                        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__interactive__actions):
                            raise JsonSchemaValueException
                    data__interactive__actions_is_list = isinstance(data__interactive__actions, (list, tuple))
                    if data__interactive__actions_is_list:
                        data__interactive__actions_len = len(data__interactive__actions)
                        for data__interactive__actions_x, data__interactive__actions_item in enumerate(data__interactive__actions):
                            validate___definitions_interactiveaction(data__interactive__actions_item)
                if "pushref" in data__interactive_keys:
                    data__interactive_keys.remove("pushref")
                    data__interactive__pushref = data__interactive["pushref"]
                    if not isinstance(data__interactive__pushref, (str, int)) and not (isinstance(data__interactive__pushref, float) and data__interactive__pushref.is_integer()) or isinstance(data__interactive__pushref, bool):
                        raise JsonSchemaValueException
                if data__interactive_keys:
                    raise JsonSchemaValueException
        if "appid" in data_keys:
            data_keys.remove("appid")
            data__appid = data["appid"]
            if not isinstance(data__appid, (str, int)) and not (isinstance(data__appid, float) and data__appid.is_integer()) or isinstance(data__appid, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_customtags(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
    return data

def validate___definitions_voice(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "callflowid" in data_keys:
            data_keys.remove("callflowid")
            data__callflowid = data["callflowid"]
            if not isinstance(data__callflowid, (str, int)) and not (isinstance(data__callflowid, float) and data__callflowid.is_integer()) or isinstance(data__callflowid, bool):
                raise JsonSchemaValueException
        if "promptid" in data_keys:
            data_keys.remove("promptid")
            data__promptid = data["promptid"]
            if not isinstance(data__promptid, (str, int)) and not (isinstance(data__promptid, float) and data__promptid.is_integer()) or isinstance(data__promptid, bool):
                raise JsonSchemaValueException
        if "media" in data_keys:
            data_keys.remove("media")
            data__media = data["media"]
            if not isinstance(data__media, (str, int)) and not (isinstance(data__media, float) and data__media.is_integer()) or isinstance(data__media, bool):
                raise JsonSchemaValueException
        if "cli" in data_keys:
            data_keys.remove("cli")
            data__cli = data["cli"]
            if not isinstance(data__cli, (str, int)) and not (isinstance(data__cli, float) and data__cli.is_integer()) or isinstance(data__cli, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_sms(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "text" in data_keys:
            data_keys.remove("text")
            data__text = data["text"]
            if not isinstance(data__text, (str, int)) and not (isinstance(data__text, float) and data__text.is_integer()) or isinstance(data__text, bool):
                raise JsonSchemaValueException
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str, int)) and not (isinstance(data__type, float) and data__type.is_integer()) or isinstance(data__type, bool):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__type, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__type, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__type):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__type, str) and data__type == '1' or isinstance(data__type, str) and data__type == '2' or isinstance(data__type, str) and data__type == '3' or isinstance(data__type, str) and data__type == '4' or isinstance(data__type, str) and data__type == '' or isinstance(data__type, (int, float)) and not isinstance(data__type, bool) and data__type == 1 or isinstance(data__type, (int, float)) and not isinstance(data__type, bool) and data__type == 2 or isinstance(data__type, (int, float)) and not isinstance(data__type, bool) and data__type == 3 or isinstance(data__type, (int, float)) and not isinstance(data__type, bool) and data__type == 4):
                    raise JsonSchemaValueException
            else:
                pass
        if "body" in data_keys:
            data_keys.remove("body")
            data__body = data["body"]
            if not isinstance(data__body, (str, int)) and not (isinstance(data__body, float) and data__body.is_integer()) or isinstance(data__body, bool):
                raise JsonSchemaValueException
        if "senderid" in data_keys:
            data_keys.remove("senderid")
            data__senderid = data["senderid"]
            if not isinstance(data__senderid, (str, int)) and not (isinstance(data__senderid, float) and data__senderid.is_integer()) or isinstance(data__senderid, bool):
                raise JsonSchemaValueException
        if "media-path" in data_keys:
            data_keys.remove("media-path")
            data__mediapath = data["media-path"]
            if not isinstance(data__mediapath, (str, int)) and not (isinstance(data__mediapath, float) and data__mediapath.is_integer()) or isinstance(data__mediapath, bool):
                raise JsonSchemaValueException
        if "extras" in data_keys:
            data_keys.remove("extras")
            data__extras = data["extras"]
            if not isinstance(data__extras, (dict, str)):
                raise JsonSchemaValueException
            if isinstance(data__extras, str):
                if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data__extras):
                    raise JsonSchemaValueException
            data__extras_is_dict = isinstance(data__extras, dict)
            if data__extras_is_dict:
                data__extras_keys = set(data__extras.keys())
                if "dlt_templateid" in data__extras_keys:
                    data__extras_keys.remove("dlt_templateid")
                    data__extras__dlttemplateid = data__extras["dlt_templateid"]
                    if not isinstance(data__extras__dlttemplateid, (str, int)) and not (isinstance(data__extras__dlttemplateid, float) and data__extras__dlttemplateid.is_integer()) or isinstance(data__extras__dlttemplateid, bool):
                        raise JsonSchemaValueException
                if data__extras_keys:
                    raise JsonSchemaValueException
        if "sendLinkAsAppClip" in data_keys:
            data_keys.remove("sendLinkAsAppClip")
            data__sendLinkAsAppClip = data["sendLinkAsAppClip"]
            if not isinstance(data__sendLinkAsAppClip, (bool, str, int)) and not (isinstance(data__sendLinkAsAppClip, float) and data__sendLinkAsAppClip.is_integer()):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__sendLinkAsAppClip, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__sendLinkAsAppClip, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__sendLinkAsAppClip):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__sendLinkAsAppClip, bool) and data__sendLinkAsAppClip is True or isinstance(data__sendLinkAsAppClip, bool) and data__sendLinkAsAppClip is False or isinstance(data__sendLinkAsAppClip, str) and data__sendLinkAsAppClip == 'true' or isinstance(data__sendLinkAsAppClip, str) and data__sendLinkAsAppClip == 'false' or isinstance(data__sendLinkAsAppClip, str) and data__sendLinkAsAppClip == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "storeRegion" in data_keys:
            data_keys.remove("storeRegion")
            data__storeRegion = data["storeRegion"]
            if not isinstance(data__storeRegion, (str, int)) and not (isinstance(data__storeRegion, float) and data__storeRegion.is_integer()) or isinstance(data__storeRegion, bool):
                raise JsonSchemaValueException
        if "smartlinks" in data_keys:
            data_keys.remove("smartlinks")
            data__smartlinks = data["smartlinks"]
            validate___definitions_smartlinks(data__smartlinks)
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_contactpolicy(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['channelCheckConsent']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "channelCheckConsent" in data_keys:
                data_keys.remove("channelCheckConsent")
                data__channelCheckConsent = data["channelCheckConsent"]
                if not (isinstance(data__channelCheckConsent, bool) and data__channelCheckConsent is True or isinstance(data__channelCheckConsent, str) and data__channelCheckConsent == 'true'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['contactPolicyGroup']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    try:
        if not isinstance(data, (dict)):
            raise JsonSchemaValueException
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['channelApplyFrequencyCap']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
            data_keys = set(data.keys())
            if "channelApplyFrequencyCap" in data_keys:
                data_keys.remove("channelApplyFrequencyCap")
                data__channelApplyFrequencyCap = data["channelApplyFrequencyCap"]
                if not (isinstance(data__channelApplyFrequencyCap, bool) and data__channelApplyFrequencyCap is True or isinstance(data__channelApplyFrequencyCap, str) and data__channelApplyFrequencyCap == 'true'):
                    raise JsonSchemaValueException
    except (JsonSchemaValueException, JsonSchemaValuesException):
        pass
    else:
        data_is_dict = isinstance(data, dict)
        if data_is_dict:
            data__missing_keys = set(['contactPolicyGroup']) - data.keys()
            if data__missing_keys:
                raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "contactPolicyGroup" in data_keys:
            data_keys.remove("contactPolicyGroup")
            data__contactPolicyGroup = data["contactPolicyGroup"]
            if not isinstance(data__contactPolicyGroup, (str, int)) and not (isinstance(data__contactPolicyGroup, float) and data__contactPolicyGroup.is_integer()) or isinstance(data__contactPolicyGroup, bool):
                raise JsonSchemaValueException
        if "channelCheckConsent" in data_keys:
            data_keys.remove("channelCheckConsent")
            data__channelCheckConsent = data["channelCheckConsent"]
            if not isinstance(data__channelCheckConsent, (bool, str, int)) and not (isinstance(data__channelCheckConsent, float) and data__channelCheckConsent.is_integer()):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__channelCheckConsent, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__channelCheckConsent, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__channelCheckConsent):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__channelCheckConsent, bool) and data__channelCheckConsent is True or isinstance(data__channelCheckConsent, bool) and data__channelCheckConsent is False or isinstance(data__channelCheckConsent, str) and data__channelCheckConsent == 'true' or isinstance(data__channelCheckConsent, str) and data__channelCheckConsent == 'false' or isinstance(data__channelCheckConsent, str) and data__channelCheckConsent == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "channelApplyFrequencyCap" in data_keys:
            data_keys.remove("channelApplyFrequencyCap")
            data__channelApplyFrequencyCap = data["channelApplyFrequencyCap"]
            if not isinstance(data__channelApplyFrequencyCap, (bool, str, int)) and not (isinstance(data__channelApplyFrequencyCap, float) and data__channelApplyFrequencyCap.is_integer()):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__channelApplyFrequencyCap, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__channelApplyFrequencyCap, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__channelApplyFrequencyCap):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__channelApplyFrequencyCap, bool) and data__channelApplyFrequencyCap is True or isinstance(data__channelApplyFrequencyCap, bool) and data__channelApplyFrequencyCap is False or isinstance(data__channelApplyFrequencyCap, str) and data__channelApplyFrequencyCap == 'true' or isinstance(data__channelApplyFrequencyCap, str) and data__channelApplyFrequencyCap == 'false' or isinstance(data__channelApplyFrequencyCap, str) and data__channelApplyFrequencyCap == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_options(data):
    if not isinstance(data, (dict, str)):
        raise JsonSchemaValueException
    if isinstance(data, str):
        if not REGEX_PATTERNS['^[ \\t\\r\\n]*\\{\\{'].search(data):
            raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['domain']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "trackClicks" in data_keys:
            data_keys.remove("trackClicks")
            data__trackClicks = data["trackClicks"]
            if not isinstance(data__trackClicks, (bool, str, int)) and not (isinstance(data__trackClicks, float) and data__trackClicks.is_integer()):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__trackClicks, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__trackClicks, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__trackClicks):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__trackClicks, bool) and data__trackClicks is True or isinstance(data__trackClicks, bool) and data__trackClicks is False or isinstance(data__trackClicks, str) and data__trackClicks == 'true' or isinstance(data__trackClicks, str) and data__trackClicks == 'false' or isinstance(data__trackClicks, str) and data__trackClicks == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "shortenLinks" in data_keys:
            data_keys.remove("shortenLinks")
            data__shortenLinks = data["shortenLinks"]
            if not isinstance(data__shortenLinks, (bool, str, int)) and not (isinstance(data__shortenLinks, float) and data__shortenLinks.is_integer()):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__shortenLinks, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__shortenLinks, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__shortenLinks):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__shortenLinks, bool) and data__shortenLinks is True or isinstance(data__shortenLinks, bool) and data__shortenLinks is False or isinstance(data__shortenLinks, str) and data__shortenLinks == 'true' or isinstance(data__shortenLinks, str) and data__shortenLinks == 'false' or isinstance(data__shortenLinks, str) and data__shortenLinks == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if "domain" in data_keys:
            data_keys.remove("domain")
            data__domain = data["domain"]
            if not isinstance(data__domain, (str, int)) and not (isinstance(data__domain, float) and data__domain.is_integer()) or isinstance(data__domain, bool):
                raise JsonSchemaValueException
        if "tag1" in data_keys:
            data_keys.remove("tag1")
            data__tag1 = data["tag1"]
            if not isinstance(data__tag1, (str, int)) and not (isinstance(data__tag1, float) and data__tag1.is_integer()) or isinstance(data__tag1, bool):
                raise JsonSchemaValueException
        if "tag2" in data_keys:
            data_keys.remove("tag2")
            data__tag2 = data["tag2"]
            if not isinstance(data__tag2, (str, int)) and not (isinstance(data__tag2, float) and data__tag2.is_integer()) or isinstance(data__tag2, bool):
                raise JsonSchemaValueException
        if "allowFallbackURL" in data_keys:
            data_keys.remove("allowFallbackURL")
            data__allowFallbackURL = data["allowFallbackURL"]
            if not isinstance(data__allowFallbackURL, (bool, str, int)) and not (isinstance(data__allowFallbackURL, float) and data__allowFallbackURL.is_integer()):
                raise JsonSchemaValueException
            try:
                if not isinstance(data__allowFallbackURL, (str)):
                    raise JsonSchemaValueException
                if isinstance(data__allowFallbackURL, str):
                    if not REGEX_PATTERNS['\\{[{%#]'].search(data__allowFallbackURL):
                        raise JsonSchemaValueException
            except (JsonSchemaValueException, JsonSchemaValuesException):
                if not (isinstance(data__allowFallbackURL, bool) and data__allowFallbackURL is True or isinstance(data__allowFallbackURL, bool) and data__allowFallbackURL is False or isinstance(data__allowFallbackURL, str) and data__allowFallbackURL == 'true' or isinstance(data__allowFallbackURL, str) and data__allowFallbackURL == 'false' or isinstance(data__allowFallbackURL, str) and data__allowFallbackURL == ''):
                    raise JsonSchemaValueException
            else:
                pass
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_test(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['name', 'expect']) - data.keys()
        if data__missing_keys:
            raise JsonSchemaValueException
        data_keys = set(data.keys())
        if "name" in data_keys:
            data_keys.remove("name")
            data__name = data["name"]
            if not isinstance(data__name, (str)):
                raise JsonSchemaValueException
        if "sample" in data_keys:
            data_keys.remove("sample")
            data__sample = data["sample"]
            if not isinstance(data__sample, (str)):
                raise JsonSchemaValueException
        if "expect" in data_keys:
            data_keys.remove("expect")
            data__expect = data["expect"]
            if not isinstance(data__expect, (dict)):
                raise JsonSchemaValueException
            data__expect_is_dict = isinstance(data__expect, dict)
            if data__expect_is_dict:
                data__expect_keys = set(data__expect.keys())
                for data__expect_key in data__expect_keys:
                    if data__expect_key not in []:
                        data__expect_value = data__expect.get(data__expect_key)
                        validate___definitions_expectation(data__expect_value)
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_expectation(data):
    if not isinstance(data, (str, int, float, bool, NoneType, list, tuple, dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "matches" in data_keys:
            data_keys.remove("matches")
            data__matches = data["matches"]
            if not isinstance(data__matches, (str)):
                raise JsonSchemaValueException
        if "max" in data_keys:
            data_keys.remove("max")
            data__max = data["max"]
            if not isinstance(data__max, (int, float)) or isinstance(data__max, bool):
                raise JsonSchemaValueException
        if "min" in data_keys:
            data_keys.remove("min")
            data__min = data["min"]
            if not isinstance(data__min, (int, float)) or isinstance(data__min, bool):
                raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_sample(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
    return data

def validate___definitions_variable(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "type" in data_keys:
            data_keys.remove("type")
            data__type = data["type"]
            if not isinstance(data__type, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__type, str) and data__type == 'string' or isinstance(data__type, str) and data__type == 'number' or isinstance(data__type, str) and data__type == 'integer' or isinstance(data__type, str) and data__type == 'boolean' or isinstance(data__type, str) and data__type == 'array' or isinstance(data__type, str) and data__type == 'object'):
                raise JsonSchemaValueException
        if "title" in data_keys:
            data_keys.remove("title")
            data__title = data["title"]
            if not isinstance(data__title, (str)):
                raise JsonSchemaValueException
        if "description" in data_keys:
            data_keys.remove("description")
            data__description = data["description"]
            if not isinstance(data__description, (str)):
                raise JsonSchemaValueException
        if "enum" in data_keys:
            data_keys.remove("enum")
            data__enum = data["enum"]
            if not isinstance(data__enum, (list, tuple)):
                raise JsonSchemaValueException
        if "const" in data_keys:
            data_keys.remove("const")
            data__const = data["const"]
        if "default" in data_keys:
            data_keys.remove("default")
            data__default = data["default"]
        if "examples" in data_keys:
            data_keys.remove("examples")
            data__examples = data["examples"]
            if not isinstance(data__examples, (list, tuple)):
                raise JsonSchemaValueException
        if "required" in data_keys:
            data_keys.remove("required")
            data__required = data["required"]
            if not isinstance(data__required, (bool, list, tuple)):
                raise JsonSchemaValueException
            data__required_is_list = isinstance(data__required, (list, tuple))
            if data__required_is_list:
                data__required_len = len(data__required)
                for data__required_x, data__required_item in enumerate(data__required):
                    if not isinstance(data__required_item, (str)):
                        raise JsonSchemaValueException
        if "minLength" in data_keys:
            data_keys.remove("minLength")
            data__minLength = data["minLength"]
            if not isinstance(data__minLength, (int)) and not (isinstance(data__minLength, float) and data__minLength.is_integer()) or isinstance(data__minLength, bool):
                raise JsonSchemaValueException
            if isinstance(data__minLength, (int, float)) and not isinstance(data__minLength, bool):
                if data__minLength < 0:
                    raise JsonSchemaValueException
        if "maxLength" in data_keys:
            data_keys.remove("maxLength")
            data__maxLength = data["maxLength"]
            if not isinstance(data__maxLength, (int)) and not (isinstance(data__maxLength, float) and data__maxLength.is_integer()) or isinstance(data__maxLength, bool):
                raise JsonSchemaValueException
            if isinstance(data__maxLength, (int, float)) and not isinstance(data__maxLength, bool):
                if data__maxLength < 0:
                    raise JsonSchemaValueException
        if "pattern" in data_keys:
            data_keys.remove("pattern")
            data__pattern = data["pattern"]
            if not isinstance(data__pattern, (str)):
                raise JsonSchemaValueException
        if "format" in data_keys:
            data_keys.remove("format")
            data__format = data["format"]
            if not isinstance(data__format, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__format, str) and data__format == 'date' or isinstance(data__format, str) and data__format == 'date-time' or isinstance(data__format, str) and data__format == 'uri' or isinstance(data__format, str) and data__format == 'email' or isinstance(data__format, str) and data__format == 'msisdn'):
                raise JsonSchemaValueException
        if "charset" in data_keys:
            data_keys.remove("charset")
            data__charset = data["charset"]
            if not isinstance(data__charset, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__charset, str) and data__charset == 'ascii' or isinstance(data__charset, str) and data__charset == 'gsm7' or isinstance(data__charset, str) and data__charset == 'any'):
                raise JsonSchemaValueException
        if "sensitivity" in data_keys:
            data_keys.remove("sensitivity")
            data__sensitivity = data["sensitivity"]
            if not isinstance(data__sensitivity, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__sensitivity, str) and data__sensitivity == 'public' or isinstance(data__sensitivity, str) and data__sensitivity == 'personal' or isinstance(data__sensitivity, str) and data__sensitivity == 'secret'):
                raise JsonSchemaValueException
        if "minimum" in data_keys:
            data_keys.remove("minimum")
            data__minimum = data["minimum"]
            if not isinstance(data__minimum, (int, float)) or isinstance(data__minimum, bool):
                raise JsonSchemaValueException
        if "maximum" in data_keys:
            data_keys.remove("maximum")
            data__maximum = data["maximum"]
            if not isinstance(data__maximum, (int, float)) or isinstance(data__maximum, bool):
                raise JsonSchemaValueException
        if "multipleOf" in data_keys:
            data_keys.remove("multipleOf")
            data__multipleOf = data["multipleOf"]
            if not isinstance(data__multipleOf, (int, float)) or isinstance(data__multipleOf, bool):
                raise JsonSchemaValueException
            if isinstance(data__multipleOf, (int, float)) and not isinstance(data__multipleOf, bool):
                if data__multipleOf <= 0:
                    raise JsonSchemaValueException
        if "items" in data_keys:
            data_keys.remove("items")
            data__items = data["items"]
            validate___definitions_variable(data__items)
        if "minItems" in data_keys:
            data_keys.remove("minItems")
            data__minItems = data["minItems"]
            if not isinstance(data__minItems, (int)) and not (isinstance(data__minItems, float) and data__minItems.is_integer()) or isinstance(data__minItems, bool):
                raise JsonSchemaValueException
            if isinstance(data__minItems, (int, float)) and not isinstance(data__minItems, bool):
                if data__minItems < 0:
                    raise JsonSchemaValueException
        if "maxItems" in data_keys:
            data_keys.remove("maxItems")
            data__maxItems = data["maxItems"]
            if not isinstance(data__maxItems, (int)) and not (isinstance(data__maxItems, float) and data__maxItems.is_integer()) or isinstance(data__maxItems, bool):
                raise JsonSchemaValueException
            if isinstance(data__maxItems, (int, float)) and not isinstance(data__maxItems, bool):
                if data__maxItems < 0:
                    raise JsonSchemaValueException
        if "properties" in data_keys:
            data_keys.remove("properties")
            data__properties = data["properties"]
            if not isinstance(data__properties, (dict)):
                raise JsonSchemaValueException
            data__properties_is_dict = isinstance(data__properties, dict)
            if data__properties_is_dict:
                data__properties_keys = set(data__properties.keys())
                for data__properties_key in data__properties_keys:
                    if data__properties_key not in []:
                        data__properties_value = data__properties.get(data__properties_key)
                        validate___definitions_variable(data__properties_value)
        if data_keys:
            raise JsonSchemaValueException
    return data