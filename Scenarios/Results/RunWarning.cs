namespace GossipSim.Scenarios.Results;

/// <summary>
/// Something that a run did not test although its scenario asks for it. The verdict stands; with <c>--strict</c> a
/// warning fails the run.
/// </summary>
/// <param name="Kind">A word of <see cref="WarningKind"/>.</param>
/// <param name="Subject">The id of a fault, or the path of a setting or a figure.</param>
/// <param name="Message">What happened and why, in a sentence.</param>
internal sealed record RunWarning(string Kind, string Subject, string Message)
{
    /// <summary>A run has at most one warning of a kind about a subject.</summary>
    internal (string Kind, string Subject) Key => (Kind, Subject);

    /// <summary>Whether it is about the figures of the run themselves, so that readers have to know it first.</summary>
    internal bool ComesFirst => Kind == WarningKind.MachineTooSlow;
}
