namespace GossipSim.RealNet.Links;

/// <summary>
/// Bytes that wait to leave on all links of this process. Answers are longer than questions: many who ask and do not
/// read would fill the memory, each within what one link may hold. Above the limit a link holds its share and no more.
/// </summary>
internal sealed class OutboxRoom(long limit, int share)
{
    private long waiting;

    public long Waiting => Interlocked.Read(ref waiting);

    public void Add(long bytes) => Interlocked.Add(ref waiting, bytes);

    /// <summary>How many bytes a link may hold now that may usually hold so many.</summary>
    public int For(int usually) => Waiting > limit ? Math.Min(usually, share) : usually;
}
