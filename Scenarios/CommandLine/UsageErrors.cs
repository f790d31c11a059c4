using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>One line for a command line that cannot be understood.</summary>
internal static class UsageErrors
{
    public static string Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string asked = command is RootCommand ? "" : $" {command.Name}";
        string message = parsed.UnmatchedTokens is [string unknown, ..]
            ? Unknown(unknown, command)
            : parsed.Errors[0].Message;
        return $"gossipsim{asked}: {message.TrimEnd('.')} (gossipsim{asked} --help tells more)";
    }

    public static string UnknownCommand(string word, Command root) =>
        $"gossipsim: unknown command \"{word}\"{Suggestion.DidYouMean(word, Names(root))}"
        + " (gossipsim --help tells more)";

    public static string? NearestCommand(string word, Command root) => Suggestion.Nearest(word, Names(root));

    private static string Unknown(string word, Command command) => word.StartsWith('-')
        ? $"unknown option {word}{Suggestion.DidYouMean(word, command.Options.Select(option => option.Name))}"
        : $"unexpected \"{word}\"";

    private static IEnumerable<string> Names(Command root) => root.Subcommands.Select(command => command.Name);
}
