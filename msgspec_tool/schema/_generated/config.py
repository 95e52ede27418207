"""Generated from config.schema.json by msgspec_tool.schema.derivation: do not edit."""

import re


class JsonSchemaException(ValueError):
    """Refused; the words come from the other validator."""


class JsonSchemaValueException(JsonSchemaException):
    """Refused."""


class JsonSchemaValuesException(JsonSchemaException):
    """Refused, several times over."""



REGEX_PATTERNS = {
    '^[0-9]+[smhd]$': re.compile('^[0-9]+[smhd]\\Z'),
    '^[A-Z][A-Z]$': re.compile('^[A-Z][A-Z]\\Z'),
    '^[0-9]+$': re.compile('^[0-9]+\\Z'),
    '^[A-Za-z0-9][A-Za-z0-9_-]*$': re.compile('^[A-Za-z0-9][A-Za-z0-9_-]*\\Z'),
    '^https?://[^ ]+$': re.compile('^https?://[^ ]+\\Z'),
    '^[A-Za-z_][A-Za-z0-9_]*$': re.compile('^[A-Za-z_][A-Za-z0-9_]*\\Z'),
    '^\\+[0-9]+$': re.compile('^\\+[0-9]+\\Z')
}

NoneType = type(None)

def validate(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data__missing_keys = set(['msgspec']) - data.keys()
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
        if "lint" in data_keys:
            data_keys.remove("lint")
            data__lint = data["lint"]
            if not isinstance(data__lint, (dict)):
                raise JsonSchemaValueException
            data__lint_is_dict = isinstance(data__lint, dict)
            if data__lint_is_dict:
                data__lint_keys = set(data__lint.keys())
                if "select" in data__lint_keys:
                    data__lint_keys.remove("select")
                    data__lint__select = data__lint["select"]
                    if not isinstance(data__lint__select, (list, tuple)):
                        raise JsonSchemaValueException
                    data__lint__select_is_list = isinstance(data__lint__select, (list, tuple))
                    if data__lint__select_is_list:
                        data__lint__select_len = len(data__lint__select)
                        for data__lint__select_x, data__lint__select_item in enumerate(data__lint__select):
                            if not isinstance(data__lint__select_item, (str)):
                                raise JsonSchemaValueException
                if "ignore" in data__lint_keys:
                    data__lint_keys.remove("ignore")
                    data__lint__ignore = data__lint["ignore"]
                    if not isinstance(data__lint__ignore, (list, tuple)):
                        raise JsonSchemaValueException
                    data__lint__ignore_is_list = isinstance(data__lint__ignore, (list, tuple))
                    if data__lint__ignore_is_list:
                        data__lint__ignore_len = len(data__lint__ignore)
                        for data__lint__ignore_x, data__lint__ignore_item in enumerate(data__lint__ignore):
                            if not isinstance(data__lint__ignore_item, (str)):
                                raise JsonSchemaValueException
                if "severity" in data__lint_keys:
                    data__lint_keys.remove("severity")
                    data__lint__severity = data__lint["severity"]
                    if not isinstance(data__lint__severity, (dict)):
                        raise JsonSchemaValueException
                    data__lint__severity_is_dict = isinstance(data__lint__severity, dict)
                    if data__lint__severity_is_dict:
                        data__lint__severity_keys = set(data__lint__severity.keys())
                        for data__lint__severity_key in data__lint__severity_keys:
                            if data__lint__severity_key not in []:
                                data__lint__severity_value = data__lint__severity.get(data__lint__severity_key)
                                if not isinstance(data__lint__severity_value, (str)):
                                    raise JsonSchemaValueException
                                if not (isinstance(data__lint__severity_value, str) and data__lint__severity_value == 'error' or isinstance(data__lint__severity_value, str) and data__lint__severity_value == 'warning' or isinstance(data__lint__severity_value, str) and data__lint__severity_value == 'info' or isinstance(data__lint__severity_value, str) and data__lint__severity_value == 'off'):
                                    raise JsonSchemaValueException
                if "per-file" in data__lint_keys:
                    data__lint_keys.remove("per-file")
                    data__lint__perfile = data__lint["per-file"]
                    if not isinstance(data__lint__perfile, (dict)):
                        raise JsonSchemaValueException
                    data__lint__perfile_is_dict = isinstance(data__lint__perfile, dict)
                    if data__lint__perfile_is_dict:
                        data__lint__perfile_keys = set(data__lint__perfile.keys())
                        for data__lint__perfile_key in data__lint__perfile_keys:
                            if data__lint__perfile_key not in []:
                                data__lint__perfile_value = data__lint__perfile.get(data__lint__perfile_key)
                                if not isinstance(data__lint__perfile_value, (dict)):
                                    raise JsonSchemaValueException
                                data__lint__perfile_value_is_dict = isinstance(data__lint__perfile_value, dict)
                                if data__lint__perfile_value_is_dict:
                                    data__lint__perfile_value_keys = set(data__lint__perfile_value.keys())
                                    if "select" in data__lint__perfile_value_keys:
                                        data__lint__perfile_value_keys.remove("select")
                                        data__lint__perfile_value__select = data__lint__perfile_value["select"]
                                        if not isinstance(data__lint__perfile_value__select, (list, tuple)):
                                            raise JsonSchemaValueException
                                        data__lint__perfile_value__select_is_list = isinstance(data__lint__perfile_value__select, (list, tuple))
                                        if data__lint__perfile_value__select_is_list:
                                            data__lint__perfile_value__select_len = len(data__lint__perfile_value__select)
                                            for data__lint__perfile_value__select_x, data__lint__perfile_value__select_item in enumerate(data__lint__perfile_value__select):
                                                if not isinstance(data__lint__perfile_value__select_item, (str)):
                                                    raise JsonSchemaValueException
                                    if "ignore" in data__lint__perfile_value_keys:
                                        data__lint__perfile_value_keys.remove("ignore")
                                        data__lint__perfile_value__ignore = data__lint__perfile_value["ignore"]
                                        if not isinstance(data__lint__perfile_value__ignore, (list, tuple)):
                                            raise JsonSchemaValueException
                                        data__lint__perfile_value__ignore_is_list = isinstance(data__lint__perfile_value__ignore, (list, tuple))
                                        if data__lint__perfile_value__ignore_is_list:
                                            data__lint__perfile_value__ignore_len = len(data__lint__perfile_value__ignore)
                                            for data__lint__perfile_value__ignore_x, data__lint__perfile_value__ignore_item in enumerate(data__lint__perfile_value__ignore):
                                                if not isinstance(data__lint__perfile_value__ignore_item, (str)):
                                                    raise JsonSchemaValueException
                                    if "severity" in data__lint__perfile_value_keys:
                                        data__lint__perfile_value_keys.remove("severity")
                                        data__lint__perfile_value__severity = data__lint__perfile_value["severity"]
                                        if not isinstance(data__lint__perfile_value__severity, (dict)):
                                            raise JsonSchemaValueException
                                        data__lint__perfile_value__severity_is_dict = isinstance(data__lint__perfile_value__severity, dict)
                                        if data__lint__perfile_value__severity_is_dict:
                                            data__lint__perfile_value__severity_keys = set(data__lint__perfile_value__severity.keys())
                                            for data__lint__perfile_value__severity_key in data__lint__perfile_value__severity_keys:
                                                if data__lint__perfile_value__severity_key not in []:
                                                    data__lint__perfile_value__severity_value = data__lint__perfile_value__severity.get(data__lint__perfile_value__severity_key)
                                                    if not isinstance(data__lint__perfile_value__severity_value, (str)):
                                                        raise JsonSchemaValueException
                                                    if not (isinstance(data__lint__perfile_value__severity_value, str) and data__lint__perfile_value__severity_value == 'error' or isinstance(data__lint__perfile_value__severity_value, str) and data__lint__perfile_value__severity_value == 'warning' or isinstance(data__lint__perfile_value__severity_value, str) and data__lint__perfile_value__severity_value == 'info' or isinstance(data__lint__perfile_value__severity_value, str) and data__lint__perfile_value__severity_value == 'off'):
                                                        raise JsonSchemaValueException
                                    if data__lint__perfile_value_keys:
                                        raise JsonSchemaValueException
                if "require-reason" in data__lint_keys:
                    data__lint_keys.remove("require-reason")
                    data__lint__requirereason = data__lint["require-reason"]
                    if not isinstance(data__lint__requirereason, (bool)):
                        raise JsonSchemaValueException
                if "options" in data__lint_keys:
                    data__lint_keys.remove("options")
                    data__lint__options = data__lint["options"]
                    if not isinstance(data__lint__options, (dict)):
                        raise JsonSchemaValueException
                    data__lint__options_is_dict = isinstance(data__lint__options, dict)
                    if data__lint__options_is_dict:
                        data__lint__options_keys = set(data__lint__options.keys())
                        if "sms-parts" in data__lint__options_keys:
                            data__lint__options_keys.remove("sms-parts")
                            data__lint__options__smsparts = data__lint__options["sms-parts"]
                            if not isinstance(data__lint__options__smsparts, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__smsparts_is_dict = isinstance(data__lint__options__smsparts, dict)
                            if data__lint__options__smsparts_is_dict:
                                data__lint__options__smsparts_keys = set(data__lint__options__smsparts.keys())
                                if "budget" in data__lint__options__smsparts_keys:
                                    data__lint__options__smsparts_keys.remove("budget")
                                    data__lint__options__smsparts__budget = data__lint__options__smsparts["budget"]
                                    if not isinstance(data__lint__options__smsparts__budget, (int)) and not (isinstance(data__lint__options__smsparts__budget, float) and data__lint__options__smsparts__budget.is_integer()) or isinstance(data__lint__options__smsparts__budget, bool):
                                        raise JsonSchemaValueException
                                    if isinstance(data__lint__options__smsparts__budget, (int, float)) and not isinstance(data__lint__options__smsparts__budget, bool):
                                        if data__lint__options__smsparts__budget < 1:
                                            raise JsonSchemaValueException
                                if data__lint__options__smsparts_keys:
                                    raise JsonSchemaValueException
                        if "bad-msisdn" in data__lint__options_keys:
                            data__lint__options_keys.remove("bad-msisdn")
                            data__lint__options__badmsisdn = data__lint__options["bad-msisdn"]
                            if not isinstance(data__lint__options__badmsisdn, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__badmsisdn_is_dict = isinstance(data__lint__options__badmsisdn, dict)
                            if data__lint__options__badmsisdn_is_dict:
                                data__lint__options__badmsisdn_keys = set(data__lint__options__badmsisdn.keys())
                                if "plus" in data__lint__options__badmsisdn_keys:
                                    data__lint__options__badmsisdn_keys.remove("plus")
                                    data__lint__options__badmsisdn__plus = data__lint__options__badmsisdn["plus"]
                                    if not isinstance(data__lint__options__badmsisdn__plus, (str)):
                                        raise JsonSchemaValueException
                                    if not (isinstance(data__lint__options__badmsisdn__plus, str) and data__lint__options__badmsisdn__plus == 'required' or isinstance(data__lint__options__badmsisdn__plus, str) and data__lint__options__badmsisdn__plus == 'optional' or isinstance(data__lint__options__badmsisdn__plus, str) and data__lint__options__badmsisdn__plus == 'forbidden'):
                                        raise JsonSchemaValueException
                                if data__lint__options__badmsisdn_keys:
                                    raise JsonSchemaValueException
                        if "url-bad-host" in data__lint__options_keys:
                            data__lint__options_keys.remove("url-bad-host")
                            data__lint__options__urlbadhost = data__lint__options["url-bad-host"]
                            if not isinstance(data__lint__options__urlbadhost, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__urlbadhost_is_dict = isinstance(data__lint__options__urlbadhost, dict)
                            if data__lint__options__urlbadhost_is_dict:
                                data__lint__options__urlbadhost_keys = set(data__lint__options__urlbadhost.keys())
                                if "allow" in data__lint__options__urlbadhost_keys:
                                    data__lint__options__urlbadhost_keys.remove("allow")
                                    data__lint__options__urlbadhost__allow = data__lint__options__urlbadhost["allow"]
                                    if not isinstance(data__lint__options__urlbadhost__allow, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__urlbadhost__allow_is_list = isinstance(data__lint__options__urlbadhost__allow, (list, tuple))
                                    if data__lint__options__urlbadhost__allow_is_list:
                                        data__lint__options__urlbadhost__allow_len = len(data__lint__options__urlbadhost__allow)
                                        for data__lint__options__urlbadhost__allow_x, data__lint__options__urlbadhost__allow_item in enumerate(data__lint__options__urlbadhost__allow):
                                            if not isinstance(data__lint__options__urlbadhost__allow_item, (str)):
                                                raise JsonSchemaValueException
                                if data__lint__options__urlbadhost_keys:
                                    raise JsonSchemaValueException
                        if "timestamp-range" in data__lint__options_keys:
                            data__lint__options_keys.remove("timestamp-range")
                            data__lint__options__timestamprange = data__lint__options["timestamp-range"]
                            if not isinstance(data__lint__options__timestamprange, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__timestamprange_is_dict = isinstance(data__lint__options__timestamprange, dict)
                            if data__lint__options__timestamprange_is_dict:
                                data__lint__options__timestamprange_keys = set(data__lint__options__timestamprange.keys())
                                if "horizon" in data__lint__options__timestamprange_keys:
                                    data__lint__options__timestamprange_keys.remove("horizon")
                                    data__lint__options__timestamprange__horizon = data__lint__options__timestamprange["horizon"]
                                    if not isinstance(data__lint__options__timestamprange__horizon, (str)):
                                        raise JsonSchemaValueException
                                    if isinstance(data__lint__options__timestamprange__horizon, str):
                                        if not REGEX_PATTERNS['^[0-9]+[smhd]$'].search(data__lint__options__timestamprange__horizon):
                                            raise JsonSchemaValueException
                                if data__lint__options__timestamprange_keys:
                                    raise JsonSchemaValueException
                        if "sms-sender" in data__lint__options_keys:
                            data__lint__options_keys.remove("sms-sender")
                            data__lint__options__smssender = data__lint__options["sms-sender"]
                            if not isinstance(data__lint__options__smssender, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__smssender_is_dict = isinstance(data__lint__options__smssender, dict)
                            if data__lint__options__smssender_is_dict:
                                data__lint__options__smssender_keys = set(data__lint__options__smssender.keys())
                                if "forms" in data__lint__options__smssender_keys:
                                    data__lint__options__smssender_keys.remove("forms")
                                    data__lint__options__smssender__forms = data__lint__options__smssender["forms"]
                                    if not isinstance(data__lint__options__smssender__forms, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__smssender__forms_is_list = isinstance(data__lint__options__smssender__forms, (list, tuple))
                                    if data__lint__options__smssender__forms_is_list:
                                        data__lint__options__smssender__forms_len = len(data__lint__options__smssender__forms)
                                        for data__lint__options__smssender__forms_x, data__lint__options__smssender__forms_item in enumerate(data__lint__options__smssender__forms):
                                            if not isinstance(data__lint__options__smssender__forms_item, (str)):
                                                raise JsonSchemaValueException
                                            if not (isinstance(data__lint__options__smssender__forms_item, str) and data__lint__options__smssender__forms_item == 'alphanumeric' or isinstance(data__lint__options__smssender__forms_item, str) and data__lint__options__smssender__forms_item == 'short-code' or isinstance(data__lint__options__smssender__forms_item, str) and data__lint__options__smssender__forms_item == 'long-code' or isinstance(data__lint__options__smssender__forms_item, str) and data__lint__options__smssender__forms_item == 'dlt-header'):
                                                raise JsonSchemaValueException
                                if "allow" in data__lint__options__smssender_keys:
                                    data__lint__options__smssender_keys.remove("allow")
                                    data__lint__options__smssender__allow = data__lint__options__smssender["allow"]
                                    if not isinstance(data__lint__options__smssender__allow, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__smssender__allow_is_list = isinstance(data__lint__options__smssender__allow, (list, tuple))
                                    if data__lint__options__smssender__allow_is_list:
                                        data__lint__options__smssender__allow_len = len(data__lint__options__smssender__allow)
                                        for data__lint__options__smssender__allow_x, data__lint__options__smssender__allow_item in enumerate(data__lint__options__smssender__allow):
                                            if not isinstance(data__lint__options__smssender__allow_item, (str)):
                                                raise JsonSchemaValueException
                                if "countries" in data__lint__options__smssender_keys:
                                    data__lint__options__smssender_keys.remove("countries")
                                    data__lint__options__smssender__countries = data__lint__options__smssender["countries"]
                                    if not isinstance(data__lint__options__smssender__countries, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__smssender__countries_is_list = isinstance(data__lint__options__smssender__countries, (list, tuple))
                                    if data__lint__options__smssender__countries_is_list:
                                        data__lint__options__smssender__countries_len = len(data__lint__options__smssender__countries)
                                        for data__lint__options__smssender__countries_x, data__lint__options__smssender__countries_item in enumerate(data__lint__options__smssender__countries):
                                            if not isinstance(data__lint__options__smssender__countries_item, (str)):
                                                raise JsonSchemaValueException
                                            if isinstance(data__lint__options__smssender__countries_item, str):
                                                if not REGEX_PATTERNS['^[A-Z][A-Z]$'].search(data__lint__options__smssender__countries_item):
                                                    raise JsonSchemaValueException
                                if data__lint__options__smssender_keys:
                                    raise JsonSchemaValueException
                        if "sms-compliance" in data__lint__options_keys:
                            data__lint__options_keys.remove("sms-compliance")
                            data__lint__options__smscompliance = data__lint__options["sms-compliance"]
                            if not isinstance(data__lint__options__smscompliance, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__smscompliance_is_dict = isinstance(data__lint__options__smscompliance, dict)
                            if data__lint__options__smscompliance_is_dict:
                                data__lint__options__smscompliance_keys = set(data__lint__options__smscompliance.keys())
                                if "opt-out" in data__lint__options__smscompliance_keys:
                                    data__lint__options__smscompliance_keys.remove("opt-out")
                                    data__lint__options__smscompliance__optout = data__lint__options__smscompliance["opt-out"]
                                    if not isinstance(data__lint__options__smscompliance__optout, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__smscompliance__optout_is_list = isinstance(data__lint__options__smscompliance__optout, (list, tuple))
                                    if data__lint__options__smscompliance__optout_is_list:
                                        data__lint__options__smscompliance__optout_len = len(data__lint__options__smscompliance__optout)
                                        for data__lint__options__smscompliance__optout_x, data__lint__options__smscompliance__optout_item in enumerate(data__lint__options__smscompliance__optout):
                                            if not isinstance(data__lint__options__smscompliance__optout_item, (str)):
                                                raise JsonSchemaValueException
                                if "opt-out-tags" in data__lint__options__smscompliance_keys:
                                    data__lint__options__smscompliance_keys.remove("opt-out-tags")
                                    data__lint__options__smscompliance__optouttags = data__lint__options__smscompliance["opt-out-tags"]
                                    if not isinstance(data__lint__options__smscompliance__optouttags, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__smscompliance__optouttags_is_list = isinstance(data__lint__options__smscompliance__optouttags, (list, tuple))
                                    if data__lint__options__smscompliance__optouttags_is_list:
                                        data__lint__options__smscompliance__optouttags_len = len(data__lint__options__smscompliance__optouttags)
                                        for data__lint__options__smscompliance__optouttags_x, data__lint__options__smscompliance__optouttags_item in enumerate(data__lint__options__smscompliance__optouttags):
                                            if not isinstance(data__lint__options__smscompliance__optouttags_item, (str)):
                                                raise JsonSchemaValueException
                                if "dlt-templates" in data__lint__options__smscompliance_keys:
                                    data__lint__options__smscompliance_keys.remove("dlt-templates")
                                    data__lint__options__smscompliance__dlttemplates = data__lint__options__smscompliance["dlt-templates"]
                                    if not isinstance(data__lint__options__smscompliance__dlttemplates, (dict)):
                                        raise JsonSchemaValueException
                                    data__lint__options__smscompliance__dlttemplates_is_dict = isinstance(data__lint__options__smscompliance__dlttemplates, dict)
                                    if data__lint__options__smscompliance__dlttemplates_is_dict:
                                        data__lint__options__smscompliance__dlttemplates_keys = set(data__lint__options__smscompliance__dlttemplates.keys())
                                        for data__lint__options__smscompliance__dlttemplates_key in data__lint__options__smscompliance__dlttemplates_keys:
                                            if data__lint__options__smscompliance__dlttemplates_key not in []:
                                                data__lint__options__smscompliance__dlttemplates_value = data__lint__options__smscompliance__dlttemplates.get(data__lint__options__smscompliance__dlttemplates_key)
                                                if not isinstance(data__lint__options__smscompliance__dlttemplates_value, (str)):
                                                    raise JsonSchemaValueException
                                        data__lint__options__smscompliance__dlttemplates_len = len(data__lint__options__smscompliance__dlttemplates)
                                        if data__lint__options__smscompliance__dlttemplates_len != 0:
                                            data__lint__options__smscompliance__dlttemplates_property_names = True
                                            for data__lint__options__smscompliance__dlttemplates_key in data__lint__options__smscompliance__dlttemplates:
                                                try:
                                                    if isinstance(data__lint__options__smscompliance__dlttemplates_key, str):
                                                        if not REGEX_PATTERNS['^[0-9]+$'].search(data__lint__options__smscompliance__dlttemplates_key):
                                                            raise JsonSchemaValueException
                                                except (JsonSchemaValueException, JsonSchemaValuesException):
                                                    data__lint__options__smscompliance__dlttemplates_property_names = False
                                            if not data__lint__options__smscompliance__dlttemplates_property_names:
                                                raise JsonSchemaValueException
                                if "dlt-variable" in data__lint__options__smscompliance_keys:
                                    data__lint__options__smscompliance_keys.remove("dlt-variable")
                                    data__lint__options__smscompliance__dltvariable = data__lint__options__smscompliance["dlt-variable"]
                                    if not isinstance(data__lint__options__smscompliance__dltvariable, (int)) and not (isinstance(data__lint__options__smscompliance__dltvariable, float) and data__lint__options__smscompliance__dltvariable.is_integer()) or isinstance(data__lint__options__smscompliance__dltvariable, bool):
                                        raise JsonSchemaValueException
                                    if isinstance(data__lint__options__smscompliance__dltvariable, (int, float)) and not isinstance(data__lint__options__smscompliance__dltvariable, bool):
                                        if data__lint__options__smscompliance__dltvariable < 1:
                                            raise JsonSchemaValueException
                                if data__lint__options__smscompliance_keys:
                                    raise JsonSchemaValueException
                        if "url-shortener" in data__lint__options_keys:
                            data__lint__options_keys.remove("url-shortener")
                            data__lint__options__urlshortener = data__lint__options["url-shortener"]
                            if not isinstance(data__lint__options__urlshortener, (dict)):
                                raise JsonSchemaValueException
                            data__lint__options__urlshortener_is_dict = isinstance(data__lint__options__urlshortener, dict)
                            if data__lint__options__urlshortener_is_dict:
                                data__lint__options__urlshortener_keys = set(data__lint__options__urlshortener.keys())
                                if "allow" in data__lint__options__urlshortener_keys:
                                    data__lint__options__urlshortener_keys.remove("allow")
                                    data__lint__options__urlshortener__allow = data__lint__options__urlshortener["allow"]
                                    if not isinstance(data__lint__options__urlshortener__allow, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__urlshortener__allow_is_list = isinstance(data__lint__options__urlshortener__allow, (list, tuple))
                                    if data__lint__options__urlshortener__allow_is_list:
                                        data__lint__options__urlshortener__allow_len = len(data__lint__options__urlshortener__allow)
                                        for data__lint__options__urlshortener__allow_x, data__lint__options__urlshortener__allow_item in enumerate(data__lint__options__urlshortener__allow):
                                            if not isinstance(data__lint__options__urlshortener__allow_item, (str)):
                                                raise JsonSchemaValueException
                                if "shorteners" in data__lint__options__urlshortener_keys:
                                    data__lint__options__urlshortener_keys.remove("shorteners")
                                    data__lint__options__urlshortener__shorteners = data__lint__options__urlshortener["shorteners"]
                                    if not isinstance(data__lint__options__urlshortener__shorteners, (list, tuple)):
                                        raise JsonSchemaValueException
                                    data__lint__options__urlshortener__shorteners_is_list = isinstance(data__lint__options__urlshortener__shorteners, (list, tuple))
                                    if data__lint__options__urlshortener__shorteners_is_list:
                                        data__lint__options__urlshortener__shorteners_len = len(data__lint__options__urlshortener__shorteners)
                                        for data__lint__options__urlshortener__shorteners_x, data__lint__options__urlshortener__shorteners_item in enumerate(data__lint__options__urlshortener__shorteners):
                                            if not isinstance(data__lint__options__urlshortener__shorteners_item, (str)):
                                                raise JsonSchemaValueException
                                if data__lint__options__urlshortener_keys:
                                    raise JsonSchemaValueException
                        if data__lint__options_keys:
                            raise JsonSchemaValueException
                if data__lint_keys:
                    raise JsonSchemaValueException
        if "partials" in data_keys:
            data_keys.remove("partials")
            data__partials = data["partials"]
            if not isinstance(data__partials, (str)):
                raise JsonSchemaValueException
        if "environments" in data_keys:
            data_keys.remove("environments")
            data__environments = data["environments"]
            if not isinstance(data__environments, (dict)):
                raise JsonSchemaValueException
            data__environments_is_dict = isinstance(data__environments, dict)
            if data__environments_is_dict:
                data__environments_keys = set(data__environments.keys())
                for data__environments_key in data__environments_keys:
                    if data__environments_key not in []:
                        data__environments_value = data__environments.get(data__environments_key)
                        validate___definitions_environment(data__environments_value)
                data__environments_len = len(data__environments)
                if data__environments_len != 0:
                    data__environments_property_names = True
                    for data__environments_key in data__environments:
                        try:
                            if isinstance(data__environments_key, str):
                                if not REGEX_PATTERNS['^[A-Za-z0-9][A-Za-z0-9_-]*$'].search(data__environments_key):
                                    raise JsonSchemaValueException
                        except (JsonSchemaValueException, JsonSchemaValuesException):
                            data__environments_property_names = False
                    if not data__environments_property_names:
                        raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data

def validate___definitions_environment(data):
    if not isinstance(data, (dict)):
        raise JsonSchemaValueException
    data_is_dict = isinstance(data, dict)
    if data_is_dict:
        data_keys = set(data.keys())
        if "endpoint" in data_keys:
            data_keys.remove("endpoint")
            data__endpoint = data["endpoint"]
            if not isinstance(data__endpoint, (str)):
                raise JsonSchemaValueException
            if isinstance(data__endpoint, str):
                if not REGEX_PATTERNS['^https?://[^ ]+$'].search(data__endpoint):
                    raise JsonSchemaValueException
        if "region" in data_keys:
            data_keys.remove("region")
            data__region = data["region"]
            if not isinstance(data__region, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__region, str) and data__region == 'ca' or isinstance(data__region, str) and data__region == 'eu' or isinstance(data__region, str) and data__region == 'uk' or isinstance(data__region, str) and data__region == 'us' or isinstance(data__region, str) and data__region == 'us1' or isinstance(data__region, str) and data__region == 'in' or isinstance(data__region, str) and data__region == 'au'):
                raise JsonSchemaValueException
        if "key_env" in data_keys:
            data_keys.remove("key_env")
            data__keyenv = data["key_env"]
            if not isinstance(data__keyenv, (str)):
                raise JsonSchemaValueException
            if isinstance(data__keyenv, str):
                if not REGEX_PATTERNS['^[A-Za-z_][A-Za-z0-9_]*$'].search(data__keyenv):
                    raise JsonSchemaValueException
        if "values" in data_keys:
            data_keys.remove("values")
            data__values = data["values"]
            if not isinstance(data__values, (dict)):
                raise JsonSchemaValueException
            data__values_is_dict = isinstance(data__values, dict)
            if data__values_is_dict:
                data__values_keys = set(data__values.keys())
        if "allowlist" in data_keys:
            data_keys.remove("allowlist")
            data__allowlist = data["allowlist"]
            if not isinstance(data__allowlist, (list, tuple)):
                raise JsonSchemaValueException
            data__allowlist_is_list = isinstance(data__allowlist, (list, tuple))
            if data__allowlist_is_list:
                data__allowlist_len = len(data__allowlist)
                for data__allowlist_x, data__allowlist_item in enumerate(data__allowlist):
                    if not isinstance(data__allowlist_item, (str)):
                        raise JsonSchemaValueException
        if "ca_file" in data_keys:
            data_keys.remove("ca_file")
            data__cafile = data["ca_file"]
            if not isinstance(data__cafile, (str)):
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
        if "rate" in data_keys:
            data_keys.remove("rate")
            data__rate = data["rate"]
            if not isinstance(data__rate, (int, float)) or isinstance(data__rate, bool):
                raise JsonSchemaValueException
            if isinstance(data__rate, (int, float)) and not isinstance(data__rate, bool):
                if data__rate <= 0:
                    raise JsonSchemaValueException
        if "max_addresses" in data_keys:
            data_keys.remove("max_addresses")
            data__maxaddresses = data["max_addresses"]
            if not isinstance(data__maxaddresses, (int)) and not (isinstance(data__maxaddresses, float) and data__maxaddresses.is_integer()) or isinstance(data__maxaddresses, bool):
                raise JsonSchemaValueException
            if isinstance(data__maxaddresses, (int, float)) and not isinstance(data__maxaddresses, bool):
                if data__maxaddresses < 1:
                    raise JsonSchemaValueException
                if data__maxaddresses > 1000:
                    raise JsonSchemaValueException
        if "bulk" in data_keys:
            data_keys.remove("bulk")
            data__bulk = data["bulk"]
            if not isinstance(data__bulk, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__bulk, str) and data__bulk == 'mixed' or isinstance(data__bulk, str) and data__bulk == 'per-channel' or isinstance(data__bulk, str) and data__bulk == 'off'):
                raise JsonSchemaValueException
        if "rt_name" in data_keys:
            data_keys.remove("rt_name")
            data__rtname = data["rt_name"]
            if not isinstance(data__rtname, (str)):
                raise JsonSchemaValueException
            if not (isinstance(data__rtname, str) and data__rtname == 'rt' or isinstance(data__rtname, str) and data__rtname == 'appmessaging'):
                raise JsonSchemaValueException
        if "ledger" in data_keys:
            data_keys.remove("ledger")
            data__ledger = data["ledger"]
            if not isinstance(data__ledger, (str, NoneType)):
                raise JsonSchemaValueException
        if "jwt" in data_keys:
            data_keys.remove("jwt")
            data__jwt = data["jwt"]
            if not isinstance(data__jwt, (dict)):
                raise JsonSchemaValueException
            data__jwt_is_dict = isinstance(data__jwt, dict)
            if data__jwt_is_dict:
                data__jwt__missing_keys = set(['id_env', 'secret_env']) - data__jwt.keys()
                if data__jwt__missing_keys:
                    raise JsonSchemaValueException
                data__jwt_keys = set(data__jwt.keys())
                if "id_env" in data__jwt_keys:
                    data__jwt_keys.remove("id_env")
                    data__jwt__idenv = data__jwt["id_env"]
                    if not isinstance(data__jwt__idenv, (str)):
                        raise JsonSchemaValueException
                    if isinstance(data__jwt__idenv, str):
                        if not REGEX_PATTERNS['^[A-Za-z_][A-Za-z0-9_]*$'].search(data__jwt__idenv):
                            raise JsonSchemaValueException
                if "secret_env" in data__jwt_keys:
                    data__jwt_keys.remove("secret_env")
                    data__jwt__secretenv = data__jwt["secret_env"]
                    if not isinstance(data__jwt__secretenv, (str)):
                        raise JsonSchemaValueException
                    if isinstance(data__jwt__secretenv, str):
                        if not REGEX_PATTERNS['^[A-Za-z_][A-Za-z0-9_]*$'].search(data__jwt__secretenv):
                            raise JsonSchemaValueException
                if data__jwt_keys:
                    raise JsonSchemaValueException
        if "prices" in data_keys:
            data_keys.remove("prices")
            data__prices = data["prices"]
            if not isinstance(data__prices, (dict)):
                raise JsonSchemaValueException
            data__prices_is_dict = isinstance(data__prices, dict)
            if data__prices_is_dict:
                data__prices_keys = set(data__prices.keys())
                for data__prices_key in data__prices_keys:
                    if data__prices_key not in []:
                        data__prices_value = data__prices.get(data__prices_key)
                        if not isinstance(data__prices_value, (int, float)) or isinstance(data__prices_value, bool):
                            raise JsonSchemaValueException
                        if isinstance(data__prices_value, (int, float)) and not isinstance(data__prices_value, bool):
                            if data__prices_value < 0:
                                raise JsonSchemaValueException
                data__prices_len = len(data__prices)
                if data__prices_len != 0:
                    data__prices_property_names = True
                    for data__prices_key in data__prices:
                        try:
                            if isinstance(data__prices_key, str):
                                if not REGEX_PATTERNS['^\\+[0-9]+$'].search(data__prices_key):
                                    raise JsonSchemaValueException
                        except (JsonSchemaValueException, JsonSchemaValuesException):
                            data__prices_property_names = False
                    if not data__prices_property_names:
                        raise JsonSchemaValueException
        if data_keys:
            raise JsonSchemaValueException
    return data