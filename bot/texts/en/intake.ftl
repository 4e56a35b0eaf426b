## Documents that are more than a chat takes at a time

refused-too-many = this record and all after it were left out: a document in a chat holds only so many; send them in parts
refused-no-time = this record and all after it were left out: time ran out; send it again to go on
