namespace GossipSim.Engine.Protocol;

/// <summary>A neighbor that stopped answering, and how far the matter has gone.</summary>
internal sealed class Suspicion
{
    public enum Stage : byte
    {
        /// <summary>Witnesses said that it lives; its misses are counted anew.</summary>
        Waiting,

        /// <summary>Witnesses were asked.</summary>
        Asking,

        /// <summary>A seed node was told.</summary>
        Reported,
    }

    private readonly List<NodeAddress> asked = [];

    public Stage Now { get; set; }

    public int Round { get; private set; }

    public int Dead { get; private set; }

    public int Alive { get; private set; }

    /// <summary>Rounds in which somebody reached it after all.</summary>
    public int ClearedRounds { get; set; }

    /// <summary>How many seed nodes were told without an answer.</summary>
    public int ReportTurn { get; set; }

    /// <summary>Turns since the last timeout that came early, because a seed node could not be reached.</summary>
    public int HurriedTurns { get; set; }

    public DeadNode? Report { get; set; }

    public bool IsComplete => asked.Count == 0;

    public void StartRound(List<NodeAddress> witnesses)
    {
        Now = Stage.Asking;
        Round++;
        (Dead, Alive) = (0, 0);
        asked.Clear();
        asked.AddRange(witnesses);
    }

    /// <summary>Counts one verdict for each witness that was asked in this round.</summary>
    public bool Hear(NodeAddress witness, int round, Verdict verdict)
    {
        if (Now != Stage.Asking || round != Round || !asked.Remove(witness)) return false;
        if (verdict == Verdict.Dead) Dead++;
        if (verdict == Verdict.Alive) Alive++;
        return true;
    }
}
