using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>One line for a command line that cannot be understood.</summary>
internal static class UsageErrors
{
    /// <summary>What options with the same meaning are called elsewhere, without their dashes.</summary>
    private static readonly Dictionary<string, string> otherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ip"] = "--host", ["addr"] = "--host", ["address"] = "--host", ["bind"] = "--host", ["listen"] = "--host",
        ["seeds"] = "--config", ["seed-list"] = "--config", ["file"] = "--config",
        ["log"] = "--output", ["logs"] = "--output", ["dir"] = "--output",
    };

    public static string Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string message = parsed.UnmatchedTokens is [string unknown, ..]
            ? Unknown(unknown, command)
            : parsed.Errors.Select(NoNumber).FirstOrDefault(text => text is not null) ?? parsed.Errors[0].Message;
        return InWords(parsed, message);
    }

    /// <summary>
    /// An option that the command does not have, which the parser would take for an argument: for a host or a file.
    /// </summary>
    public static string? UnknownOption(ParseResult parsed)
    {
        // Behind -- everything is an argument.
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)) return null;
        var command = parsed.CommandResult;
        var unknown = command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !IsNumber(word));
        return unknown is null ? null : InWords(parsed, Unknown(unknown, command.Command));
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

    private static string InWords(ParseResult parsed, string message)
    {
        string asked = PathOf(parsed.CommandResult);
        return $"gossipsim{asked}: {message.TrimEnd('.')} (gossipsim{asked} --help tells more)";
    }

    private static string Unknown(string word, Command command)
    {
        if (!word.StartsWith('-')) return $"unexpected \"{word}\"";
        string name = word.Split('=')[0];
        string meant = NearestOption(name, [.. command.Options.Select(option => option.Name)]) is { } near
            ? $"; did you mean \"{near}\"?" : "";
        return $"unknown option {name}{meant}";
    }

    private static string? NearestOption(string word, string[] known)
    {
        string bare = word.TrimStart('-');
        if (otherNames.TryGetValue(bare, out string? meant) && known.Contains(meant)) return meant;
        if (bare.Length != 1) return Suggestion.Nearest(word, known);
        // A letter stands for the one option that begins with it.
        string[] begun = [.. known.Where(name => name.StartsWith("--" + bare, StringComparison.OrdinalIgnoreCase))];
        return begun.Length == 1 ? begun[0] : null;
    }

    private static bool IsNumber(string word) => double.TryParse(word, CultureInfo.InvariantCulture, out _);

    private static IEnumerable<string> Names(Command root) => root.Subcommands.Select(command => command.Name);
}
