using System.CommandLine;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>keys rotate</c>: a new shared key in three steps, each of which has to reach all nodes before the next one. Nodes
/// that use this folder look at it every second.
/// </summary>
internal static class RotateKeysCommand
{
    private const string Install = "install";
    private const string Use = "use";
    private const string Remove = "remove";

    private const int MostSeconds = 3600;

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> folder = KeysCommand.Folder();
        var step = new Option<string?>("--step")
        {
            Description = "Only install (all nodes learn a new key), use (they use it) or remove (the others are no"
                + " longer good): for a folder that is copied to other machines between the steps.",
            HelpName = "install|use|remove",
        };
        var pause = new Option<int>("--pause")
        {
            Description = "Seconds between the steps.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        var command = new Command(KeysCommand.RotateName, "Change the shared key while nodes run, without a loss.")
        {
            folder, step, pause,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            int seconds = parsed.GetValue(pause);
            if (seconds is < 0 or > MostSeconds)
                throw new UsageException($"--pause: found {seconds}, allowed are 0 to {MostSeconds} seconds");
            string[] steps = parsed.GetValue(step) is { } one ? [one] : [Install, Use, Remove];
            var known = new KeyFolder(library.FromCurrentDirectory(parsed.GetValue(folder)!));
            for (int index = 0; index < steps.Length; index++)
            {
                if (index > 0) await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
                string told = RunSecurity.InWords(() => Take(steps[index], known));
                terminal.Output.WriteLine($"{steps[index]}: {told}");
            }

            return (int)ExitCode.Held;
        });
        return command;
    }

    private static string Take(string step, KeyFolder folder)
    {
        IReadOnlyList<SharedKey> keys = folder.ReadShared();
        SharedKey[] next = step switch
        {
            Install when keys.Count == KeyRing.Limit => throw new UsageException(
                $"{folder.SharedKeys} has {KeyRing.Limit} keys, and there may be no more; --step remove first"),
            Install => [.. keys, SharedKey.Generate()],
            Use when keys.Count == 1 => throw new UsageException(
                $"{folder.SharedKeys} has one key only; --step install makes another"),
            Use => [keys[^1], .. keys.SkipLast(1)],
            Remove => [keys[0]],
            _ => throw new UsageException($"--step: found \"{step}\", allowed is install, use or remove"),
        };
        folder.WriteShared(next);
        return $"{string.Join(", ", next.Select(key => key.Id))} (the first one is used)";
    }
}
