"""The forms as Lark grammars: one file a form, ``common.lark`` for what the forms share."""
