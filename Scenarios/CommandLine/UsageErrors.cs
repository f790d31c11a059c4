using System.CommandLine;
using System.CommandLine.Parsing;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>One line for a command line that cannot be understood.</summary>
internal static class UsageErrors
{
    public static string Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string asked = PathOf(parsed.CommandResult);
        string message = parsed.UnmatchedTokens is [string unknown, ..]
            ? Unknown(unknown, command)
            : parsed.Errors.Select(NoNumber).FirstOrDefault(text => text is not null) ?? parsed.Errors[0].Message;
        return $"gossipsim{asked}: {message.TrimEnd('.')} (gossipsim{asked} --help tells more)";
    }

    /// <summary>The path of nothing would be the current directory, as when a script's variable is unset.</summary>
    public static string? EmptyPath(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<OptionResult>()
        .Where(option => option.Tokens is [{ Value: "" }])
        .Select(option => option.Option switch
        {
            { HelpName: "DIR", Name: var name } => $"{name}: found nothing, allowed is the name of a folder",
            { HelpName: "FILE", Name: var name } => $"{name}: found nothing, allowed is the name of a file",
            _ => null,
        })
        .FirstOrDefault(text => text is not null);

    public static string UnknownCommand(string word, Command root) =>
        $"gossipsim: unknown command \"{word}\"{Suggestion.DidYouMean(word, Names(root))}"
        + " (gossipsim --help tells more)";

    public static string? NearestCommand(string word, Command root) => Suggestion.Nearest(word, Names(root));

    /// <summary>The words after the program's name that lead to a command.</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult above ? $"{PathOf(above)} {result.Command.Name}" : "";

    /// <summary>In the words of a number that is out of range.</summary>
    private static string? NoNumber(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [var found], Option: var option } when Wanted(option.ValueType) is { } wanted =>
            $"{option.Name}: found \"{found.Value}\", allowed is {wanted}",
        ArgumentResult { Tokens: [var found], Argument: var argument } when Wanted(argument.ValueType) is { } wanted =>
            $"{argument.Name}: found \"{found.Value}\", allowed is {wanted}",
        _ => null,
    };

    /// <summary>What a type asks for, in words; null where it is no number.</summary>
    private static string? Wanted(Type type)
    {
        var number = Nullable.GetUnderlyingType(type) ?? type;
        if (number == typeof(int) || number == typeof(long)) return "a whole number";
        return number == typeof(double) ? "a number" : null;
    }

    private static string Unknown(string word, Command command) => word.StartsWith('-')
        ? $"unknown option {word}{Suggestion.DidYouMean(word, command.Options.Select(option => option.Name))}"
        : $"unexpected \"{word}\"";

    private static IEnumerable<string> Names(Command root) => root.Subcommands.Select(command => command.Name);
}
