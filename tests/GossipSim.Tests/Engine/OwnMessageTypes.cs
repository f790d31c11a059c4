using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>Messages as users write them: what ours never have, such as fractions and negative numbers.</summary>
internal sealed record OwnNumber(int Number, double Half) : Message
{
    public static OwnNumber Of(int number) => new(number, -number / 2.0);
}

internal sealed record OwnTale(NodeAddress Origin, string Text, OwnTale.Mood? Now = null) : Message
{
    public enum Mood
    {
        Good,
        VeryBad,
    }
}
