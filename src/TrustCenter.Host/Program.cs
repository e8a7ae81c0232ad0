using TrustCenter;
using TrustCenter.Host;
using TrustCenter.Journal;

return args switch
{
    ["verify", .. var rest] => await VerifyCommand.Run(rest, Console.Out, Console.Error),
    ["import", .. var rest] => await Commands.Import(rest),
    ["export", .. var rest] => await Commands.Export(rest),
    ["help" or "--help" or "-h", ..] => Commands.Help(),
    _ => await Serving.Run(args),
};
