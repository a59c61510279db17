"""The mails in a mailbox as Python's own parser reads them: JSON, with everything that it finds wrong with them.

    arrived.py FILE
"""
import email.policy
import json
import mailbox
import os
import sys

POLICY = email.policy.default


def structure(part):
    if part.is_multipart():
        return '%s(%s)' % (part.get_content_type(), ', '.join(structure(child) for child in part.iter_parts()))
    return part.get_content_type()


def describe(part):
    content = part.get_content()
    return {
        'type': part.get_content_type(),
        'encoding': str(part.get('Content-Transfer-Encoding', '')),
        'disposition': part.get_content_disposition() or '',
        'contentId': str(part.get('Content-ID', '')),
        'text': content.replace('\r\n', '\n') if isinstance(content, str) else '',
        'size': len(content),
    }


def defects(message):
    found = [str(defect) for part in message.walk() for defect in part.defects]
    for name, value in message.items():
        found += ['%s: %s' % (name, defect) for defect in getattr(value, 'defects', [])]
    return found


def mails(path):
    if not os.path.exists(path):
        return
    box = mailbox.mbox(path, create=False)
    for key in box.keys():
        with box.get_file(key, from_=True) as file:
            # "From SENDER DATE": where the last mail system keeps the envelope sender (RFC 4155).
            yield file.readline().split()[1].decode(), email.message_from_binary_file(file, policy=POLICY)


json.dump([{
    'envelopeSender': sender,
    'headers': {name.lower(): str(value) for name, value in message.items()},
    'structure': structure(message),
    'defects': defects(message),
    'parts': [describe(part) for part in message.walk() if not part.is_multipart()],
} for sender, message in mails(sys.argv[1])], sys.stdout)
