using TrustCenter;
using TrustCenter.Host;
using TrustCenter.Journal;

return args switch
{
    ["verify", .. var rest] => await VerifyCommand.Run(rest, Console.Out, Console.Error),
    ["import", .. var rest] => await Commands.Import(rest),
    ["push-evidence", .. var rest] => await Commands.PushEvidence(rest),
    ["setup-code", .. var rest] => await Commands.SetupCode(rest),
    ["invite-admin", .. var rest] => await Commands.InviteAdmin(rest),
    ["mails", .. var rest] => await Commands.Mails(rest),
    ["operator-code", .. var rest] => await OperatorCommands.Code(rest),
    ["backup", .. var rest] => await OperatorCommands.Backup(rest, Console.Out, Console.Error),
    ["restore", .. var rest] => await OperatorCommands.Restore(rest, Console.Out, Console.Error),
    ["rotate-key", .. var rest] => await OperatorCommands.RotateKey(rest, Console.Out, Console.Error),
    ["move", .. var rest] => await OperatorCommands.Move(rest, Console.Out, Console.Error),
    ["export", .. var rest] => await Commands.Export(rest),
    ["help" or "--help" or "-h", ..] => Commands.Help(),
    _ => await Serving.Run(args),
};
