/* Lifetimes of posts, documents and pages. */
#include "zhoubao/model/post.h"

ZbPost *
zb_post_new (ZbPostKind kind, const char *slug)
{
  ZbPost *post = g_new0 (ZbPost, 1);
  post->kind = kind;
  post->slug = g_strdup (slug);
  post->topics = zb_topics_new ();
  post->aliases = g_new0 (char *, 1);
  return post;
}

void
zb_post_free (ZbPost *post)
{
  char *texts[] = {post->file,     post->slug,      post->title,     post->date,     post->updated,
                   post->author,   post->summary,   post->category,  post->language, post->tier,
                   post->original, post->pinyin,    post->number,    post->issuer,   post->url,
                   post->status,   post->signed_on, post->effective, post->body};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (post->aliases);
  g_ptr_array_unref (post->topics);
  g_free (post);
}

ZbTier
zb_post_tier (const ZbPost *post)
{
  ZbTier tier = ZB_TIER_NONE;
  if (post->tier != NULL && !zb_tier_parse (post->tier, &tier))
    return ZB_TIER_GOLD; /* the files' reader lets no such word through; if one came, it must open nothing */
  return tier;
}
