namespace GossipSim.Scenarios.Progress;

/// <summary>What Ctrl-C is answered with at once: writing the results of a long run takes a while.</summary>
internal static class Interruption
{
    public const string InWords = "Interrupted: writing the results so far.";

    /// <summary>Says it when the user interrupts, until it is disposed of.</summary>
    public static IDisposable Announce(TextWriter messages, CancellationToken cancel, string words = InWords) =>
        cancel.Register(() =>
        {
            messages.WriteLine(words);
            messages.Flush();
        });
}
