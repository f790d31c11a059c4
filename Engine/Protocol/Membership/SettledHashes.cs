namespace GossipSim.Engine.Protocol;

/// <summary>
/// Hashes of the entries up to a join stamp, by part. While thousands join, what was voted on just now is on its way to
/// everybody and stands in few lists: two seed nodes compare what is older. Each entry is looked at a few times, when
/// it comes and when the stamp moves past it, whatever the length of the list.
/// </summary>
internal sealed class SettledHashes(Column<MembershipEntry> entries)
{
    private readonly ulong[] parts = new ulong[ListHashes.BucketCount * ListHashes.PartsPerBucket];

    /// <summary>Places of later entries, each once.</summary>
    private readonly List<int> later = [];

    private bool isKept;

    /// <summary>The stamp that was last asked for.</summary>
    public long UpTo { get; private set; } = -1;

    public ReadOnlySpan<ulong> Parts => parts;

    /// <summary>Moves to another stamp.</summary>
    public void MoveTo(long upTo)
    {
        if (!isKept || upTo < UpTo)
        {
            Begin(upTo);
            return;
        }

        var kept = 0;
        for (var index = 0; index < later.Count; index++)
        {
            var place = later[index];
            ref readonly var entry = ref entries[place];
            if (entry.JoinStamp > upTo) later[kept++] = place;
            else parts[ListHashes.PartOf(entry.Address)] ^= entry.Fingerprint();
        }

        later.RemoveRange(kept, later.Count - kept);
        UpTo = upTo;
    }

    /// <summary>The entry at a place changed; the former one is empty where there was none.</summary>
    public void Change(int place, int part, in MembershipEntry former)
    {
        if (!isKept) return;
        ref readonly var entry = ref entries[place];
        var (wasLater, isLater) = (former.Epoch > 0 && former.JoinStamp > UpTo, entry.JoinStamp > UpTo);
        // Its seed node asks no more, or a stamp went back: counting anew is cheaper than to go on, and hardly ever
        // needed.
        if ((wasLater && !isLater) || later.Count > entries.Count / 2)
        {
            Forget();
            return;
        }

        if (former.Epoch > 0 && !wasLater) parts[part] ^= former.Fingerprint();
        if (!isLater) parts[part] ^= entry.Fingerprint();
        else if (!wasLater) later.Add(place);
    }

    private void Begin(long upTo)
    {
        (UpTo, isKept) = (upTo, true);
        Array.Clear(parts);
        later.Clear();
        for (var place = 0; place < entries.Count; place++)
        {
            ref readonly var entry = ref entries[place];
            if (entry.JoinStamp > upTo) later.Add(place);
            else parts[ListHashes.PartOf(entry.Address)] ^= entry.Fingerprint();
        }
    }

    private void Forget()
    {
        isKept = false;
        later.Clear();
        later.TrimExcess();
    }
}
