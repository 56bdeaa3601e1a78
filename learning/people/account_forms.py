"""allauth's forms in the portal's looks. ACCOUNT_FORMS in the settings names them."""

from typing import Any

from allauth.account import forms as allauth_forms

from learning.forms import GovukForm


class AccountForm(GovukForm):
    """Labels in our case, and no placeholders: they repeat the label, and vanish when one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.label = str(field.label or "").capitalize() or None


class SignInForm(AccountForm, allauth_forms.LoginForm):
    pass


class ChangePasswordForm(AccountForm, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(AccountForm, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(AccountForm, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(AccountForm, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(AccountForm, allauth_forms.ReauthenticateForm):
    pass
