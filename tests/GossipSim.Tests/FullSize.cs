namespace GossipSim.Tests;

/// <summary>
/// The attacks in the sizes of ANCHORS 2.8, S1 to S9: some are too long for every run of the tests, some are of that
/// size in every run. <c>dotnet test -- NUnit.Where="cat == FullSize" NUnit.ExplicitMode=Relaxed</c> runs all of them,
/// and nothing else; each prints what it measured. Times are printed and not asserted.
/// </summary>
internal static class FullSize
{
    public const string Category = "FullSize";

    public const string Reason = "full size: minutes, on a quiet machine";
}
