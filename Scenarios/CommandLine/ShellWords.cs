namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Commands that readers copy into a shell: each argument arrives as it was, whatever blanks, quotes or dollars it has.
/// </summary>
internal static class ShellWords
{
    private const string Plain = "-_./:=,@%+";

    /// <summary>A command that anybody can run at the root of a checkout.</summary>
    public static string OfCheckout(IEnumerable<string> arguments) =>
        $"dotnet run --project Scenarios -- {Join(arguments)}";

    /// <summary>A command for readers who have the program.</summary>
    public static string OfProgram(params IEnumerable<string> arguments) => $"gossipsim {Join(arguments)}";

    public static string Join(IEnumerable<string> arguments) =>
        string.Join(' ', arguments.Select(argument => Quoted(argument)));

    /// <summary>What no shell reads as anything but itself stays bare.</summary>
    public static string Quoted(string argument) => Quoted(argument, OperatingSystem.IsWindows());

    /// <param name="forWindows">
    /// For cmd and PowerShell, which agree on double quotes, where no name of a file can have one; else for POSIX
    /// shells, in whose single quotes nothing means anything.
    /// </param>
    public static string Quoted(string argument, bool forWindows)
    {
        bool isPlain = argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter)
            || Plain.Contains(letter, StringComparison.Ordinal) || (forWindows && letter == '\\'));
        if (isPlain)
            return argument;
        return forWindows
            ? $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
